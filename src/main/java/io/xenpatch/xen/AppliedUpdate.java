package io.xenpatch.xen;

import java.time.Instant;

/** Since when a host has an update, by the host's clock. */
public record AppliedUpdate(UpdateUuid update, Instant at) {}
