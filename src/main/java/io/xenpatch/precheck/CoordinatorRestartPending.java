package io.xenpatch.precheck;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Members must not be updated while the coordinator owes a restart that nobody is going to carry out (R32). */
final class CoordinatorRestartPending implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.workedOn().isEmpty()) {
            return List.of();
        }
        // a reboot is a toolstack restart too (R6)
        return rebootsOwed(situation).isEmpty()
                ? toolstack(situation, toolstackRestartsOwed(situation))
                : reboot(situation, rebootsOwed(situation));
    }

    private static List<String> rebootsOwed(Situation situation) {
        Stream<String> updates = situation.coordinator().updatesRequiringReboot().stream()
                .map(uuid -> nameOf(situation, uuid))
                .sorted();
        return Stream.of(updates, inLists(situation, Guidance::isReboot), packages(situation, OwedRestart.REBOOT_HOST))
                .flatMap(each -> each)
                .toList();
    }

    private static List<String> toolstackRestartsOwed(Situation situation) {
        Stream<String> updates = situation.pool().awaitingToolstackRestart(situation.coordinator()).stream()
                .map(UpdateInfo::name);
        return Stream.of(
                        updates,
                        inLists(situation, left -> left == Guidance.RESTART_TOOLSTACK),
                        packages(situation, OwedRestart.RESTART_TOOLSTACK))
                .flatMap(each -> each)
                .toList();
    }

    /** What clients noted of packages that they installed (XCP-ng). */
    private static Stream<String> packages(Situation situation, OwedRestart owed) {
        return situation.coordinator().owedForPackages() == owed
                ? Stream.of("packages that were installed")
                : Stream.empty();
    }

    /** R32. What is only asked for to be complete stops nobody. */
    private static Stream<String> inLists(Situation situation, Predicate<Guidance> wanted) {
        PendingGuidances lists = situation.coordinator().software().pending();
        return Stream.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED)
                .flatMap(level -> lists.at(level).stream()
                        .filter(wanted)
                        .sorted()
                        .map(left -> "earlier updates (" + level + " " + left + ")"));
    }

    private static List<PrecheckRow> reboot(Situation situation, List<String> owed) {
        boolean done = situation.policy().livePatching() != LivePatching.REQUIRE && does(situation, StepType.REBOOT);
        return List.of(
                finding(situation, done, owed)
                        .says(
                                "Coordinator " + situation.coordinator().name() + " still waits for a reboot after "
                                        + String.join(", ", owed),
                                done
                                        ? "The reboot is part of this plan and is done first."
                                        : "This plan does not reboot it, and members must not run ahead of their coordinator. Reboot the "
                                                + "coordinator first, or make it a target in mode AUTOMATIC with the guidance level RECOMMENDED."));
    }

    private static List<PrecheckRow> toolstack(Situation situation, List<String> owed) {
        if (owed.isEmpty()) {
            return List.of();
        }
        boolean done = does(situation, StepType.RESTART_TOOLSTACK) || does(situation, StepType.REBOOT);
        return List.of(finding(situation, done, owed)
                .says(
                        "Coordinator " + situation.coordinator().name() + " still waits for a toolstack restart after "
                                + String.join(", ", owed),
                        done
                                ? "The restart is part of this plan and is done first."
                                : "This plan does not restart it, and members must not run ahead of their coordinator. Restart the "
                                        + "coordinator's toolstack first, or make it a target in mode AUTOMATIC with the guidance "
                                        + "level RECOMMENDED."));
    }

    private static Finding finding(Situation situation, boolean done, List<String> owed) {
        HostSnapshot coordinator = situation.coordinator();
        boolean membersFollow =
                situation.workedOn().stream().anyMatch(plan -> !plan.hostUuid().equals(coordinator.uuid()));
        Severity undone = membersFollow ? Severity.BLOCKING : Severity.WARNING;
        return Finding.of("COORDINATOR_RESTART_PENDING", done ? Severity.INFO : undone, situation)
                .about(coordinator)
                .with("updates", owed);
    }

    private static boolean does(Situation situation, StepType step) {
        return situation
                .plan()
                .host(situation.pool().coordinator())
                .filter(plan -> plan.steps().contains(step))
                .isPresent();
    }

    private static String nameOf(Situation situation, UpdateUuid uuid) {
        return situation.pool().update(uuid).map(UpdateInfo::name).orElseGet(uuid::toString);
    }
}
