package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;

/** Makes the cluster that hosts form for clustered storage. */
final class ClusterFactory {
    /** From here on the server says how the cluster is. */
    private static final String WATCHED_SINCE = "24.3.0";

    private final Database db;
    private final PoolScenario spec;
    private final List<Machine> machines;

    ClusterFactory(Database db, PoolScenario spec, List<Machine> machines) {
        this.db = db;
        this.spec = spec;
        this.machines = machines;
    }

    void make() {
        var cluster = db.create("Cluster", Identity.uuid(spec.name(), "cluster"));
        var members = new ArrayList<String>();
        machines.forEach(machine -> members.add(member(machine, cluster).ref()));
        db.set(cluster, "cluster_hosts", members);
        if (isWatched()) {
            var enabled = machines.stream().filter(this::takesPart).count();
            var quorum = machines.size() / 2 + 1L;
            db.set(cluster, "live_hosts", enabled);
            db.set(cluster, "quorum", quorum);
            db.set(cluster, "is_quorate", enabled >= quorum);
        }
    }

    private Row member(Machine machine, Row cluster) {
        var member = db.create("Cluster_host", Identity.uuid(spec.name(), "cluster/" + machine.index()));
        db.set(member, "cluster", cluster.ref());
        db.set(member, "host", machine.ref());
        db.set(member, "enabled", takesPart(machine));
        if (isWatched()) {
            db.set(member, "live", takesPart(machine));
            db.set(member, "last_update_live", machine.metrics().text("last_updated"));
        }
        return member;
    }

    private boolean takesPart(Machine machine) {
        return !spec.host(machine.index()).isOutsideCluster();
    }

    private boolean isWatched() {
        return isWatched(spec);
    }

    /** Whether the server tells which members are seen. */
    static boolean isWatched(PoolScenario spec) {
        return spec.profile().has(WATCHED_SINCE);
    }
}
