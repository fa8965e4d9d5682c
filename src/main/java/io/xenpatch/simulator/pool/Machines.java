package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machines of a pool; the first is its coordinator until another is appointed. */
final class Machines {
    private final List<Machine> all;
    private final Map<String, Machine> byRef = new LinkedHashMap<>();

    Machines(List<Machine> all) {
        this.all = List.copyOf(all);
        all.forEach(machine -> byRef.put(machine.ref(), machine));
        appoint(all.get(0));
    }

    List<Machine> all() {
        return all;
    }

    Machine coordinator() {
        return all.stream().filter(Machine::isCoordinator).findFirst().orElseThrow();
    }

    void appoint(Machine coordinator) {
        all.forEach(machine -> machine.appointed(machine.equals(coordinator)));
    }

    Machine at(int index) {
        return all.get(index);
    }

    /** @throws ApiFailure HANDLE_INVALID */
    Machine get(String ref) {
        return find(ref).orElseThrow(() -> ApiFailure.of("HANDLE_INVALID", "host", ref));
    }

    Optional<Machine> find(String ref) {
        return Optional.ofNullable(byRef.get(ref));
    }

    Optional<Machine> withUuid(String uuid) {
        return all.stream().filter(machine -> machine.uuid().equals(uuid)).findFirst();
    }
}
