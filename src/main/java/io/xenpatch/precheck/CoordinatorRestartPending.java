package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Optional;

/** Members must not be updated while the coordinator owes a restart that nobody is going to carry out (R32). */
final class CoordinatorRestartPending implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        HostSnapshot coordinator = situation.coordinator();
        if (coordinator.updatesRequiringReboot().isEmpty()
                || situation.workedOn().isEmpty()) {
            return List.of();
        }
        List<String> owed = coordinator.updatesRequiringReboot().stream()
                .map(uuid -> nameOf(situation, uuid))
                .sorted()
                .toList();
        String title =
                "Coordinator " + coordinator.name() + " still waits for a reboot after " + String.join(", ", owed);
        if (isCarriedOut(situation)) {
            return List.of(Finding.of("COORDINATOR_RESTART_PENDING", Severity.INFO, situation)
                    .about(coordinator)
                    .with("updates", owed)
                    .says(title, "The reboot is part of this plan and is done first."));
        }
        boolean membersFollow =
                situation.workedOn().stream().anyMatch(plan -> !plan.hostUuid().equals(coordinator.uuid()));
        return List.of(
                Finding.of(
                                "COORDINATOR_RESTART_PENDING",
                                membersFollow ? Severity.BLOCKING : Severity.WARNING,
                                situation)
                        .about(coordinator)
                        .with("updates", owed)
                        .says(
                                title,
                                "This plan does not reboot it, and members must not run ahead of their coordinator. Reboot the "
                                        + "coordinator first, or make it a target in mode AUTOMATIC with the guidance level RECOMMENDED."));
    }

    private static boolean isCarriedOut(Situation situation) {
        Optional<HostPlan> plan = situation.plan().host(situation.pool().coordinator());
        return situation.policy().livePatching() != LivePatching.REQUIRE
                && plan.filter(host -> host.steps().contains(StepType.REBOOT)).isPresent();
    }

    private static String nameOf(Situation situation, UpdateUuid uuid) {
        return situation.pool().update(uuid).map(update -> update.name()).orElseGet(uuid::toString);
    }
}
