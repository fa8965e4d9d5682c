package io.xenpatch.precheck;

import io.xenpatch.xen.ClusterSnapshot;
import java.util.List;

/** The first clusters, of 7.5, can't be taken along into another version (xencenter.md §4.2, "PoolHasGFS2SR"). */
final class ClusteringBeforeLima implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        boolean old = situation.coordinator().hasPlatform(Platforms.KOLKATA, Platforms.LIMA);
        boolean clustered = situation.pool().cluster().members().stream().anyMatch(ClusterSnapshot.Member::enabled)
                || ClusterHealthy.hasClusteredStorage(situation);
        boolean becomesNew =
                !situation.newVersions().isEmpty() && !situation.applying().isEmpty();
        return old && clustered && becomesNew
                ? List.of(Finding.of("CLUSTER_TOO_OLD", Severity.BLOCKING, situation)
                        .says(
                                "The clustered storage of pool " + situation.poolName()
                                        + " can't be used by the new version",
                                "It was made by the first version that had it. Move the disks elsewhere, detach the storage and disable"
                                        + " clustering first."))
                : List.of();
    }
}
