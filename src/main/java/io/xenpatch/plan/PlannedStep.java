package io.xenpatch.plan;

import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a host's work.
 *
 * @param update of {@link StepType#APPLY_UPDATE} and {@link StepType#VERIFY} on a host that gets several updates; null for all others
 */
public record PlannedStep(StepType type, @Nullable UpdateUuid update) {

    /** Steps that are about no update of a sequence. */
    public static List<PlannedStep> plain(List<StepType> types) {
        return types.stream().map(type -> new PlannedStep(type, null)).toList();
    }
}
