package io.xenpatch.precheck;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;

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
        return situation.coordinator().updatesRequiringReboot().stream()
                .map(uuid -> nameOf(situation, uuid))
                .sorted()
                .toList();
    }

    private static List<String> toolstackRestartsOwed(Situation situation) {
        return situation.pool().awaitingToolstackRestart(situation.coordinator()).stream()
                .map(UpdateInfo::name)
                .toList();
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
