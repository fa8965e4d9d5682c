package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.List;

/** What mode {@code MANUAL} leaves to a person, and where it stops (R28). */
final class ManualActions implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.policy().mode() != Mode.MANUAL) {
            return List.of();
        }
        List<PrecheckRow> rows = new ArrayList<>();
        List<String> left = situation.workedOn().stream()
                .filter(ManualActions::needsAPerson)
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        if (!left.isEmpty()) {
            rows.add(Finding.of("MANUAL_ACTION_LEFT", Severity.INFO, situation)
                    .with("hosts", left)
                    .says(
                            "Mode MANUAL leaves the restart of " + String.join(", ", left) + " to a person",
                            "Xenpatch applies the update and restarts nothing. Restart the hosts in this order, the coordinator "
                                    + "first and completely."));
        }
        List<String> staying = situation.evacuating().stream()
                .skip(1)
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        if (situation.policy().leaveDisabled() && !staying.isEmpty()) {
            rows.add(Finding.of("CAPACITY_EXHAUSTED", Severity.WARNING, situation)
                    .with("hosts", staying)
                    .says(
                            "These hosts will be skipped: " + String.join(", ", staying),
                            "With leaveDisabled the first host stays disabled, and no further host may leave the pool at the "
                                    + "same time. Run again when it is back in service."));
        }
        return rows;
    }

    private static boolean needsAPerson(HostPlan plan) {
        return plan.decision().needs(UpdateTask.REBOOT_HOST) || plan.decision().needs(UpdateTask.RESTART_TOOLSTACK);
    }
}
