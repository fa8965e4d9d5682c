package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.util.List;
import java.util.Random;

/** Random small changes as a living pool has them. */
final class Churn {
    private static final int KINDS = 3;

    private final World world;
    private final Random random = new Random(1);
    private List<Row> guests = List.of();

    Churn(World world) {
        this.world = world;
    }

    void once() {
        if (guests.isEmpty()) {
            guests = List.copyOf(world.db().all("VM"));
        }
        var vm = guests.get(random.nextInt(guests.size()));
        switch (random.nextInt(KINDS)) {
            case 0 -> world.db().put(vm, "xenstore_data", "vm-data/beat", String.valueOf(random.nextInt()));
            case 1 -> beat(world.db().get("VM_metrics", vm.text("metrics")));
            default -> {
                var machines = world.machines().all();
                beat(machines.get(random.nextInt(machines.size())).metrics());
            }
        }
    }

    private void beat(Row row) {
        var now = XapiTime.print(world.now());
        if (row.text("last_updated").equals(now)) {
            world.db().touch(row);
        } else {
            world.db().set(row, "last_updated", now);
        }
    }
}
