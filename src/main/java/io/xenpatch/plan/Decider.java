package io.xenpatch.plan;

import io.xenpatch.plan.Reason.Source;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The live-patch-or-reboot decision: the only code that makes a {@link HostDecision} (P1.2 … P1.5, R2 … R9; tables A, B and C of
 * xencenter.md §6.1, §6.2 and §6.5 with the expected values of R7).
 */
public final class Decider {

    private Decider() {}

    /** Decides before the update is applied, from what the server foretells. */
    public static HostDecision decide(DecisionInputs inputs) {
        Gathering gathering = new Gathering(inputs);
        RepositoryGuidance repository = inputs.repository();
        PackageGuidance packages = inputs.packages();
        if (repository != null) {
            RepositoryDecision.foretell(gathering, inputs, repository);
        } else if (packages != null) {
            PackageDecision.foretell(gathering, packages);
        } else {
            inputs.guidance().stream().sorted().forEach(gathering::addFromUpdate);
        }
        inputs.pending().forEach(gathering::addPending);
        return gathering.decision();
    }

    /**
     * Decides again after {@code host.apply_updates}, from what the host and its guests then report. The pending lists tell
     * everything, so the observation also removes tasks; only a reboot that was planned because the live patch is not relied on is
     * nowhere in them (R4, R5).
     */
    public static HostDecision decideAfterApply(HostDecision planned, RepositoryObservation observed) {
        return RepositoryDecision.afterApply(planned, observed);
    }

    /** Decides again after XCP-ng's packages were installed: what was installed beside the foreseen ones adds its tasks. */
    public static HostDecision decideAfterApply(HostDecision planned, PackageObservation observed) {
        return PackageDecision.afterApply(planned, observed);
    }

    /**
     * What installed packages leave to do, to be noted on the host before it is done (R12).
     *
     * @param decided by {@link #decideAfterApply(HostDecision, PackageObservation)} from that observation
     */
    public static OwedRestart owedForPackages(HostDecision decided, PackageObservation observed) {
        return PackageDecision.owed(decided, observed);
    }

    /**
     * Decides again after a {@code pool_update} was applied, from what the host then reports. On {@code POOL_UPDATE} the observation
     * only adds tasks; a planned reboot is removed only by a boot later than the apply (R5), and that boot did a toolstack
     * restart's and an evacuation's work too (R6). The decision says what the host needs; whether a failed live patch's
     * reboot is carried out is for {@code onLivePatchFailure} to say (R8).
     */
    public static HostDecision decideAfterApply(HostDecision planned, AppliedObservation observed) {
        Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
        tasks.addAll(planned.tasks());
        List<Reason> reasons = new ArrayList<>(planned.reasons());
        boolean livePatchFailed =
                observed.updateRequiresReboot() && planned.livePatchEffective() && !observed.rebootedSinceApply();
        if (observed.rebootedSinceApply()) {
            tasks.removeAll(EnumSet.complementOf(EnumSet.of(UpdateTask.RESTART_VM)));
        } else if (observed.updateRequiresReboot() && tasks.add(UpdateTask.REBOOT_HOST)) {
            ReasonCode code = livePatchFailed ? ReasonCode.LIVE_PATCH_FAILED : ReasonCode.UPDATE_GUIDANCE;
            Source source = livePatchFailed ? Source.FAILED_LIVE_PATCH : Source.UPDATE;
            reasons.add(0, new Reason(code, source, "updates_requiring_reboot"));
        }
        boolean effective = planned.livePatchEffective() && !livePatchFailed;
        return new HostDecision(planned.inputs(), effective, tasks, reasons, planned.vmsToRestart());
    }

    /**
     * The one decision of a host that gets several updates one after the other (R11): everything that any of them leaves to do. Where
     * one of them needs a reboot anyway, that another one's live patch failed does not matter.
     *
     * @param each in the order of the updates, at least one
     */
    public static HostDecision together(List<HostDecision> each) {
        Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
        each.forEach(decision -> tasks.addAll(decision.tasks()));
        boolean rebootsAnyway = each.stream()
                .anyMatch(decision ->
                        decision.needs(UpdateTask.REBOOT_HOST) && !HostSteps.onlyForFailedLivePatch(decision));
        List<Reason> reasons = each.stream()
                .sorted(Comparator.comparing(decision -> !decision.needs(UpdateTask.REBOOT_HOST)))
                .flatMap(decision -> decision.reasons().stream())
                .filter(reason -> !rebootsAnyway || reason.code() != ReasonCode.LIVE_PATCH_FAILED)
                .distinct()
                .toList();
        List<VmToRestart> vms = each.stream()
                .flatMap(decision -> decision.vmsToRestart().stream())
                .distinct()
                .toList();
        boolean effective =
                !tasks.contains(UpdateTask.REBOOT_HOST) && each.stream().anyMatch(HostDecision::livePatchEffective);
        return new HostDecision(inputs(each), effective, tasks, reasons, vms);
    }

    /** The first one's, with the guidance of all. */
    private static DecisionInputs inputs(List<HostDecision> each) {
        Set<Guidance> all = EnumSet.noneOf(Guidance.class);
        each.forEach(decision -> all.addAll(decision.inputs().guidance()));
        return each.get(0).inputs().asking(all);
    }

    /** What of a sequence's decision is left to do when its last update was applied. */
    static HostDecision left(HostDecision whole, Set<UpdateTask> tasks) {
        return new HostDecision(
                whole.inputs(), whole.livePatchEffective(), tasks, whole.reasons(), whole.vmsToRestart());
    }

    static HostDecision made(
            DecisionInputs inputs,
            boolean livePatchEffective,
            Set<UpdateTask> tasks,
            List<Reason> reasons,
            List<VmToRestart> vms) {
        return new HostDecision(inputs, livePatchEffective, tasks, reasons, vms);
    }
}
