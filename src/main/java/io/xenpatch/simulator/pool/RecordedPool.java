package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Datamodel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the database of a pool from the records of another server. */
final class RecordedPool {
    private final PoolScenario spec;
    private final Database db;

    RecordedPool(PoolScenario spec) {
        this.spec = spec;
        this.db = new Database(Datamodel.of(spec.profile()), Identity.seed(spec.name()));
    }

    PoolFactory.Made make() {
        spec.records().forEach((type, objects) -> objects.forEach((ref, record) -> db.load(type, ref, record)));
        return new PoolFactory.Made(db, new Machines(machines()));
    }

    private List<Machine> machines() {
        var coordinator = db.pool().text("master");
        var hosts = db.all("host").stream()
                .sorted(Comparator.comparing(host -> !host.ref().equals(coordinator)))
                .toList();
        return IntStream.range(0, hosts.size())
                .mapToObj(index -> {
                    var host = hosts.get(index);
                    var machine = new Machine(index, host, db.get("host_metrics", host.text("metrics")));
                    if (!machine.isLive()) {
                        machine.stop();
                    }
                    return machine;
                })
                .toList();
    }
}
