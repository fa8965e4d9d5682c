package io.xenpatch.precheck;

import java.util.List;

/** The server itself says that its hosts are being brought to another version, and allows less meanwhile (xapi.md §8.7). */
final class RollingUpgrade implements Precheck {
    static final String KEY = "rolling_upgrade_in_progress";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.workedOn().isEmpty() || !situation.pool().otherConfig().containsKey(KEY)
                ? List.of()
                : List.of(Finding.of("ROLLING_UPGRADE_IN_PROGRESS", Severity.WARNING, situation)
                        .with("key", KEY)
                        .says(
                                "A rolling upgrade of pool " + situation.poolName() + " is in progress",
                                "Some hosts are newer than others. Until all are alike, VMs start only on the newest hosts, move only"
                                        + " to hosts that are not older, and no snapshots are taken. Finish what was begun: update all"
                                        + " hosts of the pool."));
    }
}
