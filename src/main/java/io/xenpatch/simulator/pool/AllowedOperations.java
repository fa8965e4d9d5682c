package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The advisory {@code allowed_operations}, kept in step with what they depend on. */
final class AllowedOperations {
    private static final Set<String> HOST_FIELDS = Set.of("enabled", "current_operations");
    private static final Set<String> VM_FIELDS = Set.of("power_state", "current_operations", "blocked_operations");

    private final Database db;
    private final Machines machines;
    private final PlacementRules rules;

    AllowedOperations(Database db, Machines machines) {
        this.db = db;
        this.machines = machines;
        this.rules = new PlacementRules(db);
    }

    /** Computes them for every host and guest. */
    void refresh() {
        machines.all().forEach(this::host);
        db.all("VM").forEach(this::vm);
    }

    /** Computes them again after a field changed that they depend on. */
    void follow(Row row, String field) {
        if (!HOST_FIELDS.contains(field) && !VM_FIELDS.contains(field)) {
            return;
        }
        if ("host".equals(row.type().name())) {
            machines.find(row.ref()).ifPresent(this::host);
        } else if ("VM".equals(row.type().name())) {
            vm(row);
        }
    }

    private void host(Machine machine) {
        var running = machine.host().map("current_operations").values();
        var allowed = new ArrayList<String>();
        var evacuating = running.contains("evacuate");
        var goingDown = running.contains("reboot") || running.contains("shutdown");
        if (!evacuating && !goingDown) {
            allowed.add("provision");
        }
        if (!running.contains("vm_migrate")) {
            allowed.add("evacuate");
        }
        if (!machine.isEnabled() && running.isEmpty()) {
            allowed.addAll(List.of("shutdown", "reboot"));
        }
        allowed.add("vm_start");
        if (!evacuating && !goingDown) {
            allowed.addAll(List.of("vm_resume", "vm_migrate"));
        }
        db.set(machine.host(), "allowed_operations", allowed);
    }

    private void vm(Row vm) {
        db.set(
                vm,
                "allowed_operations",
                switch (vm.text("power_state")) {
                    case "Running" -> running(vm);
                    case "Suspended" -> List.of("resume", "resume_on", "hard_shutdown");
                    default -> List.of("start", "start_on", "destroy", "clone", "copy", "export");
                });
    }

    private List<String> running(Row vm) {
        if (vm.flag("is_control_domain")) {
            return List.of("metadata_export", "changing_static_range", "changing_dynamic_range");
        }
        var allowed = new ArrayList<>(List.of(
                "clean_shutdown", "clean_reboot", "hard_shutdown", "hard_reboot", "shutdown", "pause", "snapshot"));
        if (rules.refusesToMove(vm).isEmpty()) {
            allowed.addAll(List.of("suspend", "pool_migrate", "migrate_send"));
        }
        return allowed;
    }
}
