package io.xenpatch.plan;

import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.VmUuid;

/** A running guest that must restart for the update to take effect, and the guidance that says so. */
public record VmToRestart(VmUuid vmUuid, GuestKind kind, Guidance cause) {}
