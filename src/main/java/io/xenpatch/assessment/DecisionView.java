package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.Reason;
import io.xenpatch.plan.ReasonCode;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateTask;
import java.util.List;
import java.util.UUID;

/**
 * A host's decision as the API shows it, in assessments and jobs alike.
 *
 * @param tasks empty = no action required
 * @param reasons the decisive one first
 * @param inputs all that the decision was made from
 */
@Schema(name = "Decision", description = "What a host needs, and why; the same in assessments and jobs.")
public record DecisionView(
        UUID hostUuid,

        @Schema(description = "Empty = no action required.") List<UpdateTask> tasks,

        LivePatch livePatch,

        @Schema(description = "The decisive one first.") List<ReasonView> reasons,

        List<VmView> vmsToRestart,

        @Schema(description = "All that the decision was made from.")
        Inputs inputs) {

    public static DecisionView of(HostDecision decision) {
        DecisionInputs inputs = decision.inputs();
        return new DecisionView(
                decision.hostUuid().value(),
                decision.tasks().stream().sorted().toList(),
                new LivePatch(inputs.livePatch(), decision.livePatchEffective(), List.of()),
                decision.reasons().stream()
                        .map(reason -> new ReasonView(reason.code(), reason.source(), reason.detail()))
                        .toList(),
                decision.vmsToRestart().stream()
                        .map(vm -> new VmView(vm.vmUuid().value(), vm.kind(), vm.cause()))
                        .toList(),
                Inputs.of(inputs));
    }

    /**
     * The live patch on this host.
     *
     * @param status what the server says; {@code UNKNOWN} also where it was not asked because the host has the update
     * @param effective whether it takes the place of a reboot
     * @param components what it patches; empty where the channel does not tell
     */
    @Schema(name = "LivePatch")
    public record LivePatch(
            @Schema(description = "What the server says; UNKNOWN also where it was not asked.")
            LivePatchStatus status,

            @Schema(description = "Whether it takes the place of a reboot.")
            boolean effective,

            List<String> components) {}

    /** @param detail what the server said, in its own words; empty when the code says it all */
    @Schema(name = "Reason")
    public record ReasonView(ReasonCode code, Reason.Source source, String detail) {}

    /** @param cause the guidance that asks for the restart */
    @Schema(name = "VmToRestart")
    public record VmView(UUID vmUuid, GuestKind kind, Guidance cause) {}

    /** Something an earlier update left. */
    @Schema(name = "PendingGuidance")
    public record PendingView(Guidance guidance, GuidanceLevel level, String detail) {}

    /**
     * The inputs.
     *
     * @param guidance what the update asks for; empty when the host has it
     * @param livePatchingEnabled the pool's switch
     * @param livePatchingLicensed on every live host of the pool
     * @param guests the VMs that run on the host
     */
    @Schema(name = "DecisionInputs")
    public record Inputs(
            List<Guidance> guidance,
            LivePatchStatus livePatch,
            boolean livePatchingEnabled,
            boolean livePatchingLicensed,
            List<PendingView> pending,
            List<UUID> guests,
            LivePatching livePatching,
            List<GuidanceLevel> guidanceLevels) {

        static Inputs of(DecisionInputs inputs) {
            return new Inputs(
                    inputs.guidance().stream().sorted().toList(),
                    inputs.livePatch(),
                    inputs.pool().enabled(),
                    inputs.pool().licensed(),
                    inputs.pending().stream()
                            .map(left -> new PendingView(left.guidance(), left.level(), left.detail()))
                            .toList(),
                    inputs.guests().stream()
                            .map(guest -> guest.vmUuid().value())
                            .toList(),
                    inputs.policy().livePatching(),
                    inputs.policy().guidanceLevels().stream().sorted().toList());
        }
    }
}
