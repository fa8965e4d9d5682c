package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** Hosts on which nothing is left to install. */
final class UpToDate implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        String update = situation.update().name();
        if (situation.plan().isUpToDate()) {
            return List.of(Finding.of("UP_TO_DATE", Severity.INFO, situation)
                    .with("update", update)
                    .says(
                            "Every chosen host of pool " + situation.poolName() + " has update " + update,
                            "Nothing is to be done."));
        }
        return situation.plan().hosts().stream()
                .filter(plan -> !plan.applies())
                .map(plan -> row(situation, plan, update))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostPlan plan, String update) {
        HostSnapshot host = situation.host(plan.hostUuid());
        return Finding.of("UPDATE_ALREADY_APPLIED", Severity.INFO, situation)
                .on(host)
                .with("update", update)
                .says("Host " + host.name() + " has update " + update + " already", "It is not applied there again.");
    }
}
