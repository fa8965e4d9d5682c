package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each guest of a host would go, or why it can't. Later rules overwrite earlier answers, as in the server. */
final class EvacuationPlan {
    private final Database db;
    private final Machines machines;
    private final Machine source;
    private final PlacementRules rules;
    private final Memory memory;
    private final Map<Row, Machine> targets = new LinkedHashMap<>();
    private final Map<Row, ApiFailure> failures = new LinkedHashMap<>();

    EvacuationPlan(Database db, Machines machines, Machine source) {
        this.db = db;
        this.machines = machines;
        this.source = source;
        this.rules = new PlacementRules(db);
        this.memory = new Memory(db);
        plan();
    }

    /** Guest by guest, where it goes. */
    Map<Row, Machine> targets() {
        return targets;
    }

    /** Guest by guest, why it can't go. */
    Map<Row, ApiFailure> failures() {
        return failures;
    }

    Optional<ApiFailure> firstFailure() {
        return failures.values().stream().findFirst();
    }

    /** Guests that are on a host, its control domain not counted. */
    static List<Row> guests(Database db, Machine machine) {
        return machine.host().list("resident_VMs").stream()
                .map(ref -> db.get("VM", ref))
                .filter(vm -> !vm.flag("is_control_domain"))
                .toList();
    }

    private void plan() {
        var guests = guests(db, source);
        var candidates = machines.all().stream()
                .filter(each -> each != source && each.isEnabled() && PlacementRules.isNotOlder(each, source))
                .toList();
        if (candidates.isEmpty()) {
            guests.forEach(vm -> failures.put(vm, ApiFailure.of("NO_HOSTS_AVAILABLE", vm.ref())));
            return;
        }
        guests.forEach(vm -> check(vm, candidates));
        pack(guests.stream().filter(vm -> !failures.containsKey(vm)).toList(), candidates);
    }

    private void check(Row vm, List<Machine> candidates) {
        if (db.pool().flag("ha_enabled") && vm.text("ha_restart_priority").isEmpty()) {
            failures.put(vm, ApiFailure.of("HOST_EVACUATE_VM_NOT_HA_PROTECTED", vm.ref()));
        }
        candidates.stream()
                .map(target -> rules.refusesToRun(vm, target))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(failure -> failures.putIfAbsent(vm, failure));
        rules.refusesToMove(vm).ifPresent(failure -> failures.put(vm, failure));
    }

    /** Largest guest first, to the host with the most free memory. */
    private void pack(List<Row> guests, List<Machine> candidates) {
        var free = new LinkedHashMap<Machine, Long>();
        candidates.forEach(target -> free.put(target, memory.free(target)));
        guests.stream().sorted(Comparator.comparingLong(Memory::of).reversed()).forEach(vm -> {
            var widest =
                    free.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
            if (widest.getValue() < Memory.of(vm)) {
                failures.put(vm, ApiFailure.of("HOST_NOT_ENOUGH_FREE_MEMORY", vm.ref()));
            } else {
                targets.put(vm, widest.getKey());
                widest.setValue(widest.getValue() - Memory.of(vm));
            }
        });
    }
}
