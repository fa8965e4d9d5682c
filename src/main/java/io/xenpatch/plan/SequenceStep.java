package io.xenpatch.plan;

import io.xenpatch.xen.UpdateUuid;
import org.jspecify.annotations.Nullable;

/**
 * A step of a host that gets several updates.
 *
 * @param update of {@link StepType#APPLY_UPDATE} and {@link StepType#VERIFY}; null for all others
 */
public record SequenceStep(StepType type, @Nullable UpdateUuid update) {}
