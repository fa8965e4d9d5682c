package io.xenpatch.job;

import io.xenpatch.assessment.UpdateRequest;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemException.FieldError;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.GuidanceLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for an update job (API.md). What is null has its default. What this version does not do is refused by name, never
 * ignored.
 *
 * @param name for people; at most 200 characters
 * @param labels of the job, for finding it again
 * @param reason why, in the requester's words
 */
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
        @Nullable Object start,
        @Nullable Map<String, String> labels,
        @Nullable String reason,
        @Nullable String onBusy,
        @Nullable String onUpdatesChanged,
        @Nullable String onForeignTask,
        @Nullable String vmRestarts,
        @Nullable List<String> acknowledge,
        @Nullable Object evacuation,
        @Nullable Object timeouts,
        @Nullable Object hostNotBack) {

    private static final int LONGEST_NAME = 200;

    /**
     * How the job goes over its pools.
     *
     * @param maxParallelPools 1 to 64, default 4
     * @param maxUnavailable only 1 in this version
     * @param maxFailures failed pools after which no new pool starts, at least 1, default 1
     */
    public record RolloutRequest(
            @Nullable Integer maxParallelPools,
            @Nullable Object maxUnavailable,
            @Nullable Object canaryPools,
            @Nullable String canarySoak,
            @Nullable Integer maxFailures,
            @Nullable Integer maxInPlace,
            @Nullable String inPlaceSoak,
            @Nullable Boolean continueAfterHostFailure) {}

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

    Rollout rolloutOrDefault() {
        if (rollout == null) {
            return Rollout.DEFAULT;
        }
        return new Rollout(
                rollout.maxParallelPools() == null ? Rollout.DEFAULT.maxParallelPools() : rollout.maxParallelPools(),
                rollout.maxFailures() == null ? Rollout.DEFAULT.maxFailures() : rollout.maxFailures());
    }

    /** @throws ProblemException {@code conflicting-fields} or {@code validation-failed} with a pointer for each field */
    void check() {
        if (assessmentId != null && (targets != null || update != null)) {
            throw new ProblemException(
                    ProblemType.CONFLICTING_FIELDS,
                    "Give either targets and update, or assessmentId alone.",
                    List.of(new FieldError("/assessmentId", "excludes targets and update")),
                    Map.of());
        }
        List<FieldError> errors = new ArrayList<>();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            errors.add(new FieldError("/name", "must have 1 to 200 characters"));
        }
        notYet().forEach((field, given) -> {
            if (given != null) {
                errors.add(new FieldError(field, "this version does not do that yet; leave it out"));
            }
        });
        Rollout wanted = rolloutOrDefault();
        if (wanted.maxParallelPools() < 1 || wanted.maxParallelPools() > 64) {
            errors.add(new FieldError("/rollout/maxParallelPools", "must be 1 to 64"));
        }
        if (wanted.maxFailures() < 1) {
            errors.add(new FieldError("/rollout/maxFailures", "must be at least 1"));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.VALIDATION_FAILED, "The request has fields that are not valid.", errors, Map.of());
        }
    }

    private Map<String, @Nullable Object> notYet() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("/assessmentId", assessmentId);
        fields.put("/start", start);
        fields.put("/onBusy", unless("REJECT", onBusy));
        fields.put("/onUpdatesChanged", unless("STOP", onUpdatesChanged));
        fields.put("/onForeignTask", unless("FAIL_HOST", onForeignTask));
        fields.put("/vmRestarts", unless("LIST", vmRestarts));
        fields.put("/acknowledge", acknowledge == null || acknowledge.isEmpty() ? null : acknowledge);
        fields.put("/evacuation", evacuation);
        fields.put("/timeouts", timeouts);
        fields.put("/hostNotBack", hostNotBack);
        if (rollout != null) {
            fields.put(
                    "/rollout/maxUnavailable",
                    Integer.valueOf(1).equals(rollout.maxUnavailable()) ? null : rollout.maxUnavailable());
            fields.put("/rollout/canaryPools", rollout.canaryPools());
            fields.put("/rollout/canarySoak", rollout.canarySoak());
            fields.put("/rollout/maxInPlace", rollout.maxInPlace());
            fields.put("/rollout/inPlaceSoak", rollout.inPlaceSoak());
            fields.put("/rollout/continueAfterHostFailure", rollout.continueAfterHostFailure());
        }
        return fields;
    }

    private static @Nullable Object unless(String usual, @Nullable String given) {
        return usual.equals(given) ? null : given;
    }
}
