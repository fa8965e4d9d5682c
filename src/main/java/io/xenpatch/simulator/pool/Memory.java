package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;

/** Memory of a host: what is there, what is taken by those who run on it or are about to. */
final class Memory {
    private final Database db;

    Memory(Database db) {
        this.db = db;
    }

    /** Bytes that a guest takes. */
    static long of(Row vm) {
        return vm.number("memory_static_max") + vm.number("memory_overhead");
    }

    /** Bytes that are free for more guests. */
    long free(Machine machine) {
        var taken = db.all("VM").stream()
                .filter(vm -> vm.text("resident_on").equals(machine.ref())
                        || vm.text("scheduled_to_be_resident_on").equals(machine.ref()))
                .mapToLong(Memory::of)
                .sum();
        return machine.metrics().number("memory_total") - machine.host().number("memory_overhead") - taken;
    }
}
