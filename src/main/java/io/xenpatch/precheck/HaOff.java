package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import java.util.ArrayList;
import java.util.List;

/** High availability would take a host that goes away for a dead one (R34). */
final class HaOff implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!situation.pool().haEnabled() || situation.workedOn().isEmpty()) {
            return List.of();
        }
        List<String> leaving = situation.plan().hosts().stream()
                .filter(HostPlan::goesAway)
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        String title = "High availability is on in pool " + situation.poolName();
        if (!leaving.isEmpty()) {
            return List.of(Finding.of("HA_ENABLED", Severity.BLOCKING, situation)
                    .with("hosts", leaving)
                    .curedBy(Fixes.HA_OFF)
                    .says(
                            title,
                            "These hosts must be disabled or restarted: " + String.join(", ", leaving)
                                    + ". High availability would fence them or restart their guests elsewhere. Turn it off "
                                    + "for the time of the update."));
        }
        List<PrecheckRow> rows = new ArrayList<>();
        rows.add(Finding.of("HA_ENABLED", Severity.INFO, situation)
                .says(title, "It may stay on: no host is disabled or restarted."));
        if (situation.policy().onLivePatchFailure() == OnLivePatchFailure.REBOOT && relied(situation)) {
            rows.add(Finding.of("HA_ENABLED", Severity.WARNING, situation)
                    .curedBy(Fixes.HA_OFF)
                    .says(
                            title + ": a failed live patch would not be followed by a reboot",
                            "Should a live patch fail in reality, its reboot needs high availability off. Without that the "
                                    + "host stays up and the reboot is listed as left to do."));
        }
        return rows;
    }

    private static boolean relied(Situation situation) {
        return situation.applying().stream().anyMatch(plan -> plan.decision().livePatchEffective());
    }
}
