package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.OnUpdatesChanged;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.GuidanceLevel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On which hosts, which update, under which policies. What is left out has its default.
 *
 * @param targets at least one pool; each pool once
 * @param update which update
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
 * @param onUpdatesChanged what happens when the repository offers something else than what the first host of the pool received;
 *     default {@code STOP}
 * @param vmRestarts which VMs are restarted so that the update takes effect in them; default {@code LIST}
 * @param acknowledge codes of warnings that are known and meant: those that prechecks mark with {@code acknowledge}; default none
 */
@Schema(
        name = "UpdateRequest",
        requiredProperties = {"targets", "update"})
public record UpdateRequest(
        @Nullable List<Target> targets,

        @Nullable Choice update,

        @Schema(defaultValue = "AUTOMATIC") @Nullable Mode mode,

        @Schema(defaultValue = "PREFER") @Nullable LivePatching livePatching,

        @Schema(defaultValue = "WARN") @Nullable OnLivePatchFailure onLivePatchFailure,

        @Schema(defaultValue = "REJECT") @Nullable OnBlocker onBlocker,

        @Schema(defaultValue = "SKIP") @Nullable OnMaintenance onMaintenance,

        @Nullable List<GuidanceLevel> guidanceLevels,

        @Schema(defaultValue = "HOME") @Nullable VmPlacementAfter vmPlacementAfter,

        @Nullable List<String> fixes,

        @Schema(defaultValue = "false") @Nullable Boolean leaveDisabled,

        @Schema(defaultValue = "STOP") @Nullable OnUpdatesChanged onUpdatesChanged,

        @Schema(defaultValue = "LIST") @Nullable VmRestarts vmRestarts,

        @Nullable List<String> acknowledge) {

    /**
     * A pool, or some of its hosts.
     *
     * @param poolUuid XAPI uuid of a registered pool
     * @param hostUuids XAPI uuids of hosts of the pool; null = every host of it
     */
    public record Target(@Nullable UUID poolUuid, @Nullable List<UUID> hostUuids) {}

    /**
     * Which update: exactly one of these.
     *
     * @param uuid XAPI uuid of an update image that the pool knows
     * @param latest true = all that XCP-ng's mirrors or the pool's repository has for its hosts; on a pool with update images all that the
     *     update feed lists, or without a feed all images that the pool has, one after the other
     * @param hash the same, if the repository's updates have this hash; a pool is never synchronised to reach it
     * @param pendingTasksOnly true = nothing is applied, only what earlier updates left to do is carried out
     */
    @Schema(name = "UpdateChoice")
    public record Choice(
            @Nullable UUID uuid,

            @Nullable Boolean latest,
            @Nullable String hash,
            @Nullable Boolean pendingTasksOnly) {}
}
