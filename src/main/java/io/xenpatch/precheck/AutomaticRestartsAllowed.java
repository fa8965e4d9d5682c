package io.xenpatch.precheck;

import io.xenpatch.plan.UpdatePolicy.Mode;
import java.util.List;

/** A pool can forbid that tools restart its hosts by themselves (xencenter.md REQ-19). */
final class AutomaticRestartsAllowed implements Precheck {

    /** Present with any value = forbidden. */
    private static final String KEY = "hci-forbid-update-auto-restart";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<String> restarting = situation.restarting().stream()
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        if (situation.policy().mode() != Mode.AUTOMATIC
                || restarting.isEmpty()
                || !situation.pool().otherConfig().containsKey(KEY)) {
            return List.of();
        }
        return List.of(Finding.of("AUTOMATIC_RESTARTS_FORBIDDEN", Severity.BLOCKING, situation)
                .with("hosts", restarting)
                .with("key", KEY)
                .says(
                        "Pool " + situation.poolName() + " forbids automatic restarts",
                        "Its other_config has the key " + KEY + ", and these hosts would be restarted: "
                                + String.join(", ", restarting) + ". Use mode MANUAL, or remove the key."));
    }
}
