package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** Hosts on which nothing is left to install. */
final class UpToDate implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.sequence().filter(all -> !all.tellsEverything()).isPresent()) {
            return List.of();
        }
        if (situation.plan().isUpToDate()) {
            boolean appliesNothing = situation.plan().choice() instanceof UpdateChoice.PendingTasksOnly;
            return List.of(Finding.of("UP_TO_DATE", Severity.INFO, situation)
                    .with("update", situation.updateName())
                    .says(
                            "Every chosen host of pool " + situation.poolName()
                                    + (appliesNothing
                                            ? " has done what earlier updates left"
                                            : " has " + situation.what()),
                            "Nothing is to be done."));
        }
        return situation.plan().choice() instanceof UpdateChoice.PendingTasksOnly
                ? List.of()
                : situation.plan().hosts().stream()
                        .filter(plan -> !plan.applies())
                        .map(plan -> row(situation, plan))
                        .toList();
    }

    private static PrecheckRow row(Situation situation, HostPlan plan) {
        HostSnapshot host = situation.host(plan.hostUuid());
        return Finding.of("UPDATE_ALREADY_APPLIED", Severity.INFO, situation)
                .on(host)
                .with("update", situation.updateName())
                .says(
                        "Host " + host.name() + " has " + situation.what() + " already",
                        "It is not applied there again.");
    }
}
