package io.xenpatch.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.xenpatch.assessment.UpdateRequest;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xen.GuidanceLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an update job shall do, as it came in. What is null has its default (API.md, PRODUCT.md). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpdateJobRequest(
        @Nullable String name,
        @Nullable List<UpdateRequest.Target> targets,
        @Nullable UUID assessmentId,
        UpdateRequest.@Nullable Choice update,
        @Nullable Mode mode,
        @Nullable LivePatching livePatching,
        @Nullable OnLivePatchFailure onLivePatchFailure,
        @Nullable OnBlocker onBlocker,
        @Nullable OnMaintenance onMaintenance,
        @Nullable List<GuidanceLevel> guidanceLevels,
        @Nullable VmPlacementAfter vmPlacementAfter,
        @Nullable List<String> fixes,
        @Nullable Boolean leaveDisabled,
        @Nullable RolloutRequest rollout,
        @Nullable Start start,
        @Nullable Map<String, String> labels,
        @Nullable String reason,
        @Nullable OnBusy onBusy,
        @Nullable OnUpdatesChanged onUpdatesChanged,
        @Nullable OnForeignTask onForeignTask,
        @Nullable VmRestarts vmRestarts,
        @Nullable List<String> acknowledge,
        @Nullable Evacuation evacuation,
        @Nullable Map<String, String> timeouts,
        @Nullable Map<String, Object> hostNotBack) {

    /** The part that assessments take as well. */
    UpdateRequest shared() {
        return new UpdateRequest(
                targets,
                update,
                mode,
                livePatching,
                onLivePatchFailure,
                onBlocker,
                onMaintenance,
                guidanceLevels,
                vmPlacementAfter,
                fixes,
                leaveDisabled);
    }

    /**
     * How the job goes over pools and hosts.
     *
     * @param maxParallelPools 1 … 64, default 4
     * @param maxFailures failed pools after which no new pool starts, default 1 (R30)
     * @param maxUnavailable a number or {@code "AUTO"}, default 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RolloutRequest(
            @Nullable Integer maxParallelPools,
            @Nullable Integer maxFailures,
            @Nullable Object maxUnavailable,
            @Nullable Integer canaryPools,
            @Nullable String canarySoak,
            @Nullable Integer maxInPlace,
            @Nullable String inPlaceSoak,
            @Nullable Boolean continueAfterHostFailure) {}

    /** When the job starts; null = at once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(@Nullable Instant at, @Nullable UUID maintenanceWindowId) {}

    /** How guests are moved away. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Evacuation(
            @Nullable UUID networkUuid, @Nullable Integer concurrency) {}

    /** What a job does that would start on an occupied pool. */
    public enum OnBusy {
        REJECT,
        WAIT
    }

    /** What happens when the updates on offer change under way (R15). */
    public enum OnUpdatesChanged {
        STOP,
        REPLAN
    }

    /** What happens when a task of others does not end (R16). */
    public enum OnForeignTask {
        FAIL_HOST,
        PROCEED
    }

    /** Which guests are restarted (R10). */
    public enum VmRestarts {
        LIST,
        DEVICE_MODELS,
        ALL
    }
}
