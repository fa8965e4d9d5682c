package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.PackageGuidance;
import io.xenpatch.plan.Reason;
import io.xenpatch.plan.ReasonCode;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.UpdateTask;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a host needs, and why; the same in assessments and jobs.
 *
 * @param hostUuid XAPI uuid of the host
 * @param tasks what the host needs after the update was applied; empty = no action required
 * @param livePatch the live patch on this host
 * @param reasons the decisive one first
 * @param vmsToRestart running VMs that must restart so that the update takes effect
 * @param inputs all that the decision was made from; of a host that gets several updates those of the first, with the guidance of all
 * @param updates of a host that gets several updates one after the other: each by itself, in order; empty otherwise
 */
@Schema(name = "Decision")
public record DecisionView(
        UUID hostUuid,

        List<UpdateTask> tasks,

        LivePatch livePatch,

        List<ReasonView> reasons,

        List<VmView> vmsToRestart,

        Inputs inputs,

        List<UpdateView> updates) {

    public DecisionView {
        // kept reports of former versions don't have it
        updates = List.copyOf(Objects.requireNonNullElse(updates, List.of()));
    }

    public static DecisionView of(HostDecision decision) {
        return of(decision, List.of());
    }

    /** Of a host that gets several updates: what counts now. */
    public static DecisionView of(HostSequence sequence) {
        return of(
                sequence.decision(),
                sequence.updates().stream()
                        .map(part -> UpdateView.of(part, part.decision()))
                        .toList());
    }

    /** Of a host that gets several updates: what was planned. */
    public static DecisionView planned(HostSequence sequence) {
        return of(
                sequence.planned(),
                sequence.updates().stream()
                        .map(part -> UpdateView.of(part, part.planned()))
                        .toList());
    }

    private static DecisionView of(HostDecision decision, List<UpdateView> updates) {
        DecisionInputs inputs = decision.inputs();
        return new DecisionView(
                decision.hostUuid().value(),
                decision.tasks().stream().sorted().toList(),
                LivePatch.of(decision),
                ReasonView.of(decision),
                decision.vmsToRestart().stream()
                        .map(vm -> new VmView(vm.vmUuid().value(), vm.kind(), vm.cause()))
                        .toList(),
                Inputs.of(inputs),
                updates);
    }

    /**
     * One of several updates of a host.
     *
     * @param updateUuid XAPI uuid of the update
     * @param name as people know it; the uuid where nobody does
     * @param predicted the server was not asked about it, because an update before it must be applied first; it is decided again then
     * @param tasks what the host needs because of it
     * @param livePatch its live patch on this host
     * @param reasons the decisive one first
     */
    @Schema(name = "UpdateDecision")
    public record UpdateView(
            UUID updateUuid,
            String name,
            boolean predicted,
            List<UpdateTask> tasks,
            LivePatch livePatch,
            List<ReasonView> reasons) {

        static UpdateView of(HostSequence.Part part, HostDecision decision) {
            return new UpdateView(
                    part.update().value(),
                    part.name(),
                    part.predicted(),
                    decision.tasks().stream().sorted().toList(),
                    LivePatch.of(decision),
                    ReasonView.of(decision));
        }
    }

    /**
     * The live patch on this host.
     *
     * @param status what the server says; {@code UNKNOWN} also where it was not asked because the host has the update
     * @param effective whether it takes the place of a reboot
     * @param components what it patches; empty where the channel does not tell
     */
    @Schema(name = "LivePatch")
    public record LivePatch(LivePatchStatus status, boolean effective, List<String> components) {

        static LivePatch of(HostDecision decision) {
            return new LivePatch(decision.inputs().livePatch(), decision.livePatchEffective(), List.of());
        }
    }

    /**
     * Why a decision is as it is.
     *
     * @param code stable; more codes may be added
     * @param source where the task comes from
     * @param detail what the server said, in its own words; empty when the code says it all
     */
    @Schema(name = "Reason")
    public record ReasonView(ReasonCode code, Reason.Source source, String detail) {

        static List<ReasonView> of(HostDecision decision) {
            return decision.reasons().stream()
                    .map(reason -> new ReasonView(reason.code(), reason.source(), reason.detail()))
                    .toList();
        }
    }

    /**
     * A running VM that must restart so that the update takes effect.
     *
     * @param vmUuid XAPI uuid of the VM
     * @param kind how it is virtualised
     * @param cause the guidance that asks for the restart
     */
    @Schema(name = "VmToRestart")
    public record VmView(UUID vmUuid, GuestKind kind, Guidance cause) {}

    /**
     * Something an earlier update left.
     *
     * @param guidance what is left to do
     * @param level how urgently the server asks for it
     * @param detail what the server said, in its own words; may be empty
     */
    @Schema(name = "PendingGuidance")
    public record PendingView(Guidance guidance, GuidanceLevel level, String detail) {}

    /**
     * The packages that an XCP-ng host lacks, by what their update needs.
     *
     * @param known whether the host said what it lacks; if not, a reboot is reckoned with
     * @param rebootHost names of those that need a reboot
     * @param restartToolstack names of those that need a toolstack restart
     * @param nothing names of those that need nothing
     */
    @Schema(name = "DecisionPackages")
    public record PackagesView(
            boolean known, List<String> rebootHost, List<String> restartToolstack, List<String> nothing) {

        static @Nullable PackagesView of(@Nullable PackageGuidance guidance) {
            return guidance == null
                    ? null
                    : new PackagesView(
                            guidance.known(),
                            guidance.needing(OwedRestart.REBOOT_HOST),
                            guidance.needing(OwedRestart.RESTART_TOOLSTACK),
                            guidance.needing(OwedRestart.NOTHING));
        }
    }

    /**
     * All that a decision was made from.
     *
     * @param guidance what the update asks for; empty when the host has it
     * @param livePatch what the server says of the live patch on this host
     * @param livePatchingEnabled the switch of the pool
     * @param livePatchingLicensed whether the licence of every live host of the pool allows it
     * @param pending what earlier updates left
     * @param guests XAPI uuids of the VMs that run on the host
     * @param livePatching the policy of the request
     * @param guidanceLevels the levels that are carried out
     * @param packages what an XCP-ng host lacks; null on other channels
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
            List<GuidanceLevel> guidanceLevels,
            @Nullable PackagesView packages) {

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
                    inputs.policy().guidanceLevels().stream().sorted().toList(),
                    PackagesView.of(inputs.packages()));
        }
    }
}
