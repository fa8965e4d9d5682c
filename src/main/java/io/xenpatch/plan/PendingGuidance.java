package io.xenpatch.plan;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;

/**
 * A task that an earlier update left on the host (R9).
 *
 * @param detail what shows it, for example the uuid in {@code updates_requiring_reboot}
 */
public record PendingGuidance(Guidance guidance, GuidanceLevel level, String detail) {}
