package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import java.util.List;

/** Workload balancing moves guests on its own while hosts are emptied (xencenter.md §4.2). */
final class WlbOff implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.pool().wlbEnabled() || situation.workedOn().isEmpty()) {
            return List.of();
        }
        String title = "Workload balancing is on in pool " + situation.poolName();
        List<String> leaving = situation.plan().hosts().stream()
                .filter(HostPlan::goesAway)
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        if (leaving.isEmpty()) {
            return List.of(Finding.of("WLB_ENABLED", Severity.INFO, situation)
                    .says(title, "It may stay on: no host is disabled or restarted."));
        }
        return List.of(Finding.of("WLB_ENABLED", Severity.BLOCKING, situation)
                .with("hosts", leaving)
                .curedBy(Fixes.WLB_OFF)
                .says(
                        title,
                        "It moves guests, and may switch hosts off, while these hosts are emptied and restarted: "
                                + String.join(", ", leaving) + ". Turn it off for the time of the update."));
    }
}
