package io.xenpatch.plan;

import io.xenpatch.plan.Reason.Source;
import io.xenpatch.plan.RepositoryObservation.GuestLeft;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PendingGuidances;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@link Decider}'s part for {@code REPOSITORY} (R2, R4, R5, R8; xapi.md §7.5 … §7.11). */
final class RepositoryDecision {
    private static final Set<Guidance> LIVE_PATCH_FAILURES = Set.of(
            Guidance.REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
            Guidance.REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
            Guidance.REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE);

    /** A reboot that the server does not ask for: it was planned because the live patch is not relied on. */
    private static final Set<ReasonCode> OURS = Set.of(
            ReasonCode.LIVE_PATCHING_REFUSED_BY_POLICY,
            ReasonCode.LIVE_PATCHING_NOT_LICENSED,
            ReasonCode.LIVE_PATCHING_DISABLED);

    private RepositoryDecision() {}

    static void foretell(Gathering gathering, DecisionInputs inputs, RepositoryGuidance repository) {
        for (GuidanceLevel level : GuidanceLevel.values()) {
            if (inputs.policy().carriesOut(level)) {
                repository.at(level).stream()
                        // the server insists on an empty host only for what is mandatory (R14)
                        .filter(guidance -> guidance != Guidance.EVACUATE_HOST || level == GuidanceLevel.MANDATORY)
                        .sorted()
                        .forEach(guidance -> gathering.add(guidance, asked(inputs, level, guidance)));
            }
        }
        if (inputs.livePatch() == LivePatchStatus.UNKNOWN && repository.applies()) {
            gathering.addReboot(ReasonCode.LIVE_PATCH_STATUS_UNKNOWN);
        } else if (repository.rebootsWithoutLivePatches()) {
            gathering.addReboot(gathering.livePatchVerdict());
        }
    }

    private static Reason asked(DecisionInputs inputs, GuidanceLevel level, Guidance guidance) {
        ReasonCode code = Gathering.codeOf(guidance, ReasonCode.UPDATE_GUIDANCE);
        boolean decidesTheLivePatch = guidance == Guidance.REBOOT_HOST && level != GuidanceLevel.FULL;
        if (decidesTheLivePatch && inputs.livePatch() == LivePatchStatus.INCOMPLETE) {
            code = ReasonCode.LIVE_PATCH_INCOMPLETE;
        } else if (decidesTheLivePatch && inputs.livePatch() == LivePatchStatus.NONE) {
            code = ReasonCode.NO_LIVE_PATCH;
        }
        return new Reason(code, Source.UPDATE, level + " " + guidance);
    }

    static HostDecision afterApply(HostDecision planned, RepositoryObservation observed) {
        DecisionInputs inputs = planned.inputs().leaving(left(observed.pending()));
        Gathering gathering = new Gathering(inputs);
        inputs.pending().stream()
                .filter(left -> !isNewFailure(planned, left))
                .filter(left -> inputs.policy().carriesOut(left.level()))
                .forEach(left -> gathering.add(left.guidance(), left(planned, left)));
        observed.guests().forEach(guest -> addGuest(gathering, inputs, guest));
        if (!observed.rebootedSinceApply()) {
            planned.reasons().stream()
                    .filter(reason -> OURS.contains(reason.code()))
                    .forEach(reason -> gathering.addReboot(reason.code()));
        }
        boolean failed =
                observed.livePatchFailed() || inputs.pending().stream().anyMatch(left -> isNewFailure(planned, left));
        if (failed && !observed.rebootedSinceApply() && !gathering.reboots()) {
            gathering.add(
                    Guidance.REBOOT_HOST,
                    new Reason(ReasonCode.LIVE_PATCH_FAILED, Source.FAILED_LIVE_PATCH, failures(inputs)));
        }
        return gathering.decision(planned.livePatchEffective() && !failed);
    }

    /** R8: what appears through this apply is for {@code onLivePatchFailure} alone; what was there before counts as a reboot. */
    private static boolean isNewFailure(HostDecision planned, PendingGuidance left) {
        return LIVE_PATCH_FAILURES.contains(left.guidance())
                && planned.inputs().pending().stream().noneMatch(before -> before.guidance() == left.guidance());
    }

    private static Reason left(HostDecision planned, PendingGuidance left) {
        RepositoryGuidance asked = planned.inputs().repository();
        boolean foretold = asked != null && asked.at(left.level()).contains(left.guidance());
        return foretold
                ? asked(planned.inputs(), left.level(), left.guidance())
                : new Reason(
                        Gathering.codeOf(left.guidance(), ReasonCode.PENDING_GUIDANCE), Source.PENDING, left.detail());
    }

    private static void addGuest(Gathering gathering, DecisionInputs inputs, GuestLeft guest) {
        for (GuidanceLevel level : GuidanceLevel.values()) {
            if (inputs.policy().carriesOut(level)) {
                guest.pending().at(level).stream()
                        .sorted()
                        .forEach(guidance -> gathering.addGuest(
                                guest.guest(),
                                guidance,
                                new Reason(ReasonCode.PENDING_GUIDANCE, Source.UPDATE, level + " " + guidance)));
            }
        }
    }

    private static String failures(DecisionInputs inputs) {
        List<String> named = new ArrayList<>();
        inputs.pending().stream()
                .map(PendingGuidance::guidance)
                .filter(LIVE_PATCH_FAILURES::contains)
                .map(Guidance::name)
                .sorted()
                .forEach(named::add);
        return named.isEmpty() ? "APPLY_LIVEPATCH_FAILED" : String.join(", ", named);
    }

    /** A host's lists as what they leave to do, the most urgent first. */
    static List<PendingGuidance> left(PendingGuidances lists) {
        List<PendingGuidance> left = new ArrayList<>();
        for (GuidanceLevel level : GuidanceLevel.values()) {
            lists.at(level).stream()
                    .sorted()
                    .map(guidance -> new PendingGuidance(guidance, level, level + " " + guidance))
                    .forEach(left::add);
        }
        return left;
    }
}
