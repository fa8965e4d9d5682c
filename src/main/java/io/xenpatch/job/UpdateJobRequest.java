package io.xenpatch.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.UpdateRequest;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.OnUpdatesChanged;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.GuidanceLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an update job shall do. What is left out has its default.
 *
 * @param name 1 to 200 characters; a name is made when there is none
 * @param targets at least one pool, each pool once; not together with {@code assessmentId}
 * @param assessmentId carry out what was assessed, in place of {@code targets} and {@code update}; this version does not do
 *     that yet
 * @param update which update; not together with {@code assessmentId}
 * @param mode who carries out what the update leaves to do; default {@code AUTOMATIC}
 * @param livePatching whether a live patch may take the place of a reboot; default {@code PREFER}
 * @param onLivePatchFailure what happens when a live patch fails in reality; default {@code WARN}. {@code REBOOT} excludes
 *     {@code livePatching: REQUIRE}.
 * @param onBlocker what a blocked host means; default {@code REJECT}
 * @param onMaintenance what becomes of hosts that a person had disabled; default {@code SKIP}
 * @param guidanceLevels which guidance is carried out; {@code MANDATORY} always is. Default: {@code MANDATORY} and {@code
 *     RECOMMENDED}.
 * @param vmPlacementAfter where VMs that were moved go afterwards; default {@code HOME}
 * @param fixes codes of the fixes that may be made, as prechecks name them. {@code ALL} = every one that is taken back afterwards and
 *     interrupts no VM; the others must be named
 * @param leaveDisabled {@code mode: MANUAL} only: leave a host on which something is left to do disabled and its VMs away, as XenCenter
 *     does; default false
 * @param rollout how the job goes over pools and hosts
 * @param start when the job starts; null = at once
 * @param labels at most 64; a key and a value have at most 256 characters each
 * @param reason why, for the history; at most 2000 characters
 * @param onBusy what a job does that would begin now on an occupied pool; default {@code REJECT}. One that is due later waits for the pool
 *     until its latest start, whatever this says.
 * @param onUpdatesChanged what happens when the repository offers something else than what the first host of the pool received;
 *     default {@code STOP}
 * @param onForeignTask what happens when a task of others does not end; default {@code FAIL_HOST}. This version only takes
 *     the default.
 * @param vmRestarts which VMs are restarted so that the update takes effect in them, cleanly and after all hosts of their pool;
 *     {@code mode: AUTOMATIC} only; default {@code LIST}
 * @param acknowledge codes of warnings that are known and meant: those that prechecks mark with {@code acknowledge}; default none
 * @param evacuation how VMs are moved away
 * @param timeouts how long steps may take, by type of step; ISO 8601 durations; default none. This version only takes the
 *     default.
 * @param hostNotBack what happens when a host does not come back; default none. This version only takes the default.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpdateJobRequest(
        @Nullable String name,
        @Nullable List<UpdateRequest.Target> targets,
        @Nullable UUID assessmentId,
        UpdateRequest.@Nullable Choice update,
        @Schema(defaultValue = "AUTOMATIC") @Nullable Mode mode,
        @Schema(defaultValue = "PREFER") @Nullable LivePatching livePatching,
        @Schema(defaultValue = "WARN") @Nullable OnLivePatchFailure onLivePatchFailure,
        @Schema(defaultValue = "REJECT") @Nullable OnBlocker onBlocker,
        @Schema(defaultValue = "SKIP") @Nullable OnMaintenance onMaintenance,
        @Nullable List<GuidanceLevel> guidanceLevels,
        @Schema(defaultValue = "HOME") @Nullable VmPlacementAfter vmPlacementAfter,
        @Nullable List<String> fixes,
        @Schema(defaultValue = "false") @Nullable Boolean leaveDisabled,
        @Nullable RolloutRequest rollout,
        @Nullable Start start,
        @Nullable Map<String, String> labels,
        @Nullable String reason,
        @Schema(defaultValue = "REJECT") @Nullable OnBusy onBusy,
        @Schema(defaultValue = "STOP") @Nullable OnUpdatesChanged onUpdatesChanged,
        @Schema(defaultValue = "FAIL_HOST") @Nullable OnForeignTask onForeignTask,
        @Schema(defaultValue = "LIST") @Nullable VmRestarts vmRestarts,
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
                leaveDisabled,
                onUpdatesChanged,
                vmRestarts,
                acknowledge);
    }

    /**
     * How the job goes over pools and hosts.
     *
     * @param maxParallelPools pools worked on at the same time: 1 to 64; default 4
     * @param maxFailures failed pools after which no new pool starts: at least 1; default 1
     * @param maxUnavailable hosts of a pool that may be away at the same time: a number or {@code AUTO}; default 1. This
     *     version only takes the default.
     * @param canaryPools pools that go first; default 0. This version only takes the default.
     * @param canarySoak how long the canary pools are watched: an ISO 8601 duration; default none. This version only takes
     *     the default.
     * @param maxInPlace hosts of a pool that are live patched at the same time; default 1. This version only takes the default.
     * @param inPlaceSoak how long a live patched host is watched: an ISO 8601 duration; default none. This version only
     *     takes the default.
     * @param continueAfterHostFailure whether a failed host leaves the others of its pool going on; default false. This
     *     version only takes the default.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RolloutRequest(
            @Schema(defaultValue = "4") @Nullable Integer maxParallelPools,
            @Schema(defaultValue = "1") @Nullable Integer maxFailures,
            @Schema(types = {"integer", "string"}) @Nullable Object maxUnavailable,
            @Nullable Integer canaryPools,
            @Nullable String canarySoak,
            @Nullable Integer maxInPlace,
            @Nullable String inPlaceSoak,
            @Nullable Boolean continueAfterHostFailure) {}

    /**
     * When the job starts; null = at once.
     *
     * @param at not before this time, which is at most a year ahead. A pool that is busy then is waited for, 4 hours if nothing else is
     *     configured; then it is rejected.
     * @param maintenanceWindowId only while this maintenance window is open: from its next opening on, or from the first after {@code at}.
     *     When it closes, no further host begins, what was changed for the work is taken back, and the job waits for the next opening.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(@Nullable Instant at, @Nullable UUID maintenanceWindowId) {}

    /**
     * How VMs are moved away.
     *
     * @param networkUuid XAPI uuid of the network that VMs are moved over; this version only takes the default, the one of
     *     the pool
     * @param concurrency VMs moved at the same time; this version only takes the default, which is the server's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Evacuation(
            @Nullable UUID networkUuid, @Nullable Integer concurrency) {}

    /** What a job does that would start on an occupied pool. */
    public enum OnBusy {
        /** It is refused. */
        REJECT,
        /** It waits for its turn. */
        WAIT
    }

    /** What happens when a task of others does not end (R16). */
    public enum OnForeignTask {
        /** The host counts as failed. */
        FAIL_HOST,
        /** The work goes on all the same. */
        PROCEED
    }
}
