package io.xenpatch.plan;

import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.VmUuid;

/** A guest that runs on the host: no template, snapshot or control domain (xencenter.md §1.4). */
public record Guest(VmUuid vmUuid, GuestKind kind) {}
