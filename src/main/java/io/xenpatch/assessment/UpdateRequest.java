package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(
        name = "UpdateRequest",
        requiredProperties = {"targets", "update"})
public record UpdateRequest(
        @Schema(description = "At least one pool; each pool once.") @Nullable
        List<Target> targets,

        @Nullable Choice update,

        @Schema(
                description = "AUTOMATIC restarts what must be restarted; MANUAL applies only and lists the rest.",
                defaultValue = "AUTOMATIC")
        @Nullable
        Mode mode,

        @Schema(
                description =
                        "PREFER: a complete live patch spares the reboot. REQUIRE: a host that must reboot blocks. "
                                + "NEVER: reboot as well, although the server loads the live patch all the same.",
                defaultValue = "PREFER")
        @Nullable
        LivePatching livePatching,

        @Schema(
                description =
                        "When a live patch fails in reality: REBOOT the host, WARN and leave the reboot to a person, or "
                                + "FAIL. REBOOT excludes livePatching REQUIRE.",
                defaultValue = "WARN")
        @Nullable
        OnLivePatchFailure onLivePatchFailure,

        @Schema(
                description =
                        "REJECT: a blocked host blocks its pool. SKIP_HOST: it is left out, except a coordinator that "
                                + "lacks the update.",
                defaultValue = "REJECT")
        @Nullable
        OnBlocker onBlocker,

        @Schema(
                description =
                        "Hosts that a person had disabled: SKIP blocks them, INCLUDE updates them and leaves them "
                                + "disabled.",
                defaultValue = "SKIP")
        @Nullable
        OnMaintenance onMaintenance,

        @Schema(
                description = "Which guidance is carried out; MANDATORY always is. Default: MANDATORY and RECOMMENDED.",
                example = "[\"MANDATORY\", \"RECOMMENDED\"]")
        @Nullable
        List<GuidanceLevel> guidanceLevels,

        @Schema(
                description =
                        "Where VMs that were moved go afterwards: HOME with several tries, BEST_EFFORT with one, LEAVE.",
                defaultValue = "HOME")
        @Nullable
        VmPlacementAfter vmPlacementAfter,

        @Schema(description = "Codes of the fixes that may be made. This version makes none: leave it out.") @Nullable
        List<String> fixes,

        @Schema(
                description = "MANUAL only: leave the host disabled and its VMs away, as XenCenter does.",
                defaultValue = "false")
        @Nullable
        Boolean leaveDisabled) {

    /**
     * A pool, or some of its hosts.
     *
     * @param hostUuids null = every host of the pool
     */
    public record Target(@Nullable UUID poolUuid, @Nullable List<UUID> hostUuids) {}

    /** Which update: exactly one of these. */
    @Schema(name = "UpdateChoice", description = "Which update: exactly one of these. This version takes uuid only.")
    public record Choice(
            @Schema(description = "An update that the pool knows.") @Nullable
            UUID uuid,

            @Nullable Boolean latest,
            @Nullable String hash,
            @Nullable Boolean pendingTasksOnly) {}
}
