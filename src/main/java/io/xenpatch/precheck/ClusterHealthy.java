package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.ClusterSnapshot;
import io.xenpatch.xen.HostSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Clustered storage (GFS2) stops on every host when too few hosts of the cluster are left, so none may be missing before one goes away,
 * and only one may go at a time (R25).
 */
final class ClusterHealthy implements Precheck {
    private static final String GFS2 = "gfs2";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        ClusterSnapshot cluster = situation.pool().cluster();
        if (!isClustered(situation) || situation.plan().hosts().stream().noneMatch(HostPlan::goesAway)) {
            return List.of();
        }
        List<PrecheckRow> rows = new ArrayList<>();
        if (Boolean.FALSE.equals(cluster.quorate())) {
            rows.add(notQuorate(situation));
        }
        cluster.members().stream()
                .flatMap(member -> missing(situation, member).stream())
                .forEach(rows::add);
        rows.add(oneAtATime(situation));
        return rows;
    }

    private static boolean isClustered(Situation situation) {
        return situation.pool().cluster().exists() || hasClusteredStorage(situation);
    }

    /** Whether hosts share storage that needs a cluster. */
    static boolean hasClusteredStorage(Situation situation) {
        return situation.pool().srs().stream().anyMatch(sr -> sr.type().equals(GFS2));
    }

    private static PrecheckRow notQuorate(Situation situation) {
        return Finding.of("CLUSTER_NOT_QUORATE", Severity.BLOCKING, situation)
                .says(
                        "The cluster of pool " + situation.poolName() + " has too few members that see each other",
                        "Its clustered storage does not work on any host until that is repaired, and one host less makes it worse."
                                + " Bring back the hosts that are missing and check the cluster's network.");
    }

    /** That the host itself is down is another rule's row. */
    private static Optional<PrecheckRow> missing(Situation situation, ClusterSnapshot.Member member) {
        HostSnapshot host = situation.host(member.host());
        boolean there = !situation.pool().cluster().misses(member.host());
        if (there || !HostsLive.answers(situation, host)) {
            return Optional.empty();
        }
        String title = member.enabled()
                ? "The other members of the cluster don't see host " + host.name()
                : "Host " + host.name() + " takes no part in the cluster of pool " + situation.poolName();
        return Optional.of(Finding.of("CLUSTER_HOST_MISSING", Severity.BLOCKING, situation)
                .about(host)
                .with("enabled", member.enabled())
                .says(
                        title,
                        "With one more host away the clustered storage may stop on all of them. Enable the host in the cluster, or"
                                + " repair its network, before a host of this pool is disabled or restarted."));
    }

    private static PrecheckRow oneAtATime(Situation situation) {
        return Finding.of("CLUSTERED_STORAGE", Severity.INFO, situation)
                .says(
                        "Pool " + situation.poolName() + " uses clustered storage: its hosts go away one at a time",
                        "Whatever maxUnavailable asks for: with more hosts away at once the storage could stop on all of them.");
    }
}
