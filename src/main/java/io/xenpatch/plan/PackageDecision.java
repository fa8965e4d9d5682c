package io.xenpatch.plan;

import io.xenpatch.plan.Reason.Source;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.InstallationNote;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@link Decider}'s part for {@code XCP_NG} (R2, R12, R32). */
final class PackageDecision {

    private PackageDecision() {}

    /** The most urgent packages first; why no live patch takes the reboot's place comes after them. */
    static void foretell(Gathering gathering, PackageGuidance guidance) {
        if (!guidance.known()) {
            gathering.add(Guidance.REBOOT_HOST, new Reason(ReasonCode.PACKAGES_UNKNOWN, Source.UPDATE, ""));
        }
        add(gathering, guidance, OwedRestart.REBOOT_HOST, Guidance.REBOOT_HOST);
        if (gathering.reboots()) {
            gathering.addReboot(ReasonCode.LIVE_PATCHING_NOT_SUPPORTED);
        }
        add(gathering, guidance, OwedRestart.RESTART_TOOLSTACK, Guidance.RESTART_TOOLSTACK);
    }

    private static void add(Gathering gathering, PackageGuidance guidance, OwedRestart restart, Guidance word) {
        List<String> names = guidance.needing(restart);
        if (!names.isEmpty()) {
            gathering.add(word, new Reason(ReasonCode.UPDATED_PACKAGES, Source.UPDATE, String.join(", ", names)));
        }
    }

    /** Nothing on the host tells what its packages need, so the observation only adds what was not foreseen (R5). */
    static HostDecision afterApply(HostDecision planned, PackageObservation observed) {
        PackageGuidance foreseen = planned.inputs().packages();
        Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
        List<Reason> reasons = new ArrayList<>(planned.reasons());
        if (!observed.rebootedSinceApply()) {
            tasks.addAll(planned.tasks());
            Gathering more = new Gathering(planned.inputs());
            foretell(
                    more,
                    foreseen == null
                            ? observed.installed()
                            : observed.installed().without(foreseen));
            HostDecision added = more.decision();
            tasks.addAll(added.tasks());
            reasons.addAll(0, added.reasons());
        }
        return Decider.made(planned.inputs(), false, tasks, reasons, planned.vmsToRestart());
    }

    /** R32: what clients noted of packages that they installed. */
    static List<PendingGuidance> left(HostSnapshot host) {
        return switch (host.owedForPackages()) {
            case NOTHING -> List.of();
            case RESTART_TOOLSTACK -> List.of(left(Guidance.RESTART_TOOLSTACK));
            case REBOOT_HOST -> List.of(left(Guidance.REBOOT_HOST));
        };
    }

    private static PendingGuidance left(Guidance guidance) {
        return new PendingGuidance(guidance, GuidanceLevel.RECOMMENDED, InstallationNote.TIME);
    }

    /** What was owed before stays owed, whether it is carried out this time or not. */
    static OwedRestart owed(HostDecision decided, PackageObservation observed) {
        if (observed.rebootedSinceApply()) {
            return OwedRestart.NOTHING;
        }
        if (decided.needs(UpdateTask.REBOOT_HOST) || owedBefore(decided, Guidance.REBOOT_HOST)) {
            return OwedRestart.REBOOT_HOST;
        }
        boolean toolstack =
                decided.needs(UpdateTask.RESTART_TOOLSTACK) || owedBefore(decided, Guidance.RESTART_TOOLSTACK);
        return toolstack ? OwedRestart.RESTART_TOOLSTACK : OwedRestart.NOTHING;
    }

    private static boolean owedBefore(HostDecision decided, Guidance guidance) {
        return decided.inputs().pending().stream().anyMatch(left -> left.guidance() == guidance);
    }
}
