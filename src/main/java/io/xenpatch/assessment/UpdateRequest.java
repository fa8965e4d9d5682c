package io.xenpatch.assessment;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xen.GuidanceLevel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What assessments and update jobs have in common in their requests: on which hosts, which update, under which policies. As it
 * came in; {@link UpdateRequests} makes sense of it. What is null has the default of {@link
 * io.xenpatch.plan.UpdatePolicy#defaults()}.
 */
public record UpdateRequest(
        @Nullable List<Target> targets,
        @Nullable Choice update,
        @Nullable Mode mode,
        @Nullable LivePatching livePatching,
        @Nullable OnLivePatchFailure onLivePatchFailure,
        @Nullable OnBlocker onBlocker,
        @Nullable OnMaintenance onMaintenance,
        @Nullable List<GuidanceLevel> guidanceLevels,
        @Nullable VmPlacementAfter vmPlacementAfter,
        @Nullable List<String> fixes,
        @Nullable Boolean leaveDisabled) {

    /**
     * A pool, or some of its hosts.
     *
     * @param hostUuids null = every host of the pool
     */
    public record Target(@Nullable UUID poolUuid, @Nullable List<UUID> hostUuids) {}

    /** Which update: exactly one of these. */
    public record Choice(
            @Nullable UUID uuid,
            @Nullable Boolean latest,
            @Nullable String hash,
            @Nullable Boolean pendingTasksOnly) {}
}
