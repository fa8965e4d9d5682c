package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.util.stream.Stream;

/** Which hosts their cluster sees, where the server watches that (xapi.md §8). */
final class ClusterLife {
    private final World world;

    ClusterLife(World world) {
        this.world = world;
    }

    void gone(Machine machine) {
        seen(machine, false);
    }

    void back(Machine machine) {
        seen(machine, true);
    }

    private void seen(Machine machine, boolean live) {
        members(machine).forEach(member -> {
            world.db().set(member, "live", live && member.flag("enabled"));
            world.db().set(member, "last_update_live", XapiTime.print(world.now()));
        });
    }

    private Stream<Row> members(Machine machine) {
        return world.spec().isClustered() && ClusterFactory.isWatched(world.spec())
                ? world.db().all("Cluster_host").stream()
                        .filter(member -> member.text("host").equals(machine.ref()))
                : Stream.of();
    }
}
