package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The advisory {@code allowed_operations}, kept in step with what they depend on. */
final class AllowedOperations {
    private static final String CURRENT = "current_operations";
    private static final Map<String, Set<String>> DEPENDS_ON = Map.of(
            "host", Set.of("enabled", CURRENT, "power_on_mode"),
            "host_metrics", Set.of("live"),
            "VM", Set.of("power_state", CURRENT, "blocked_operations"),
            "pool", Set.of("ha_enabled", CURRENT, "other_config"));
    private static final Set<String> OLD_POOL_OPERATIONS =
            Set.of("ha_enable", "ha_disable", "cluster_create", "designate_new_master");

    private final Database db;
    private final Machines machines;
    private final PlacementRules rules;
    private final AllowedStorageOperations storage;

    AllowedOperations(Database db, Machines machines) {
        this.db = db;
        this.machines = machines;
        this.rules = new PlacementRules(db);
        this.storage = new AllowedStorageOperations(db);
    }

    /** Computes them for everything that has some. */
    void refresh() {
        machines.all().forEach(this::host);
        db.all("VM").forEach(this::vm);
        pool();
        storage.refresh();
    }

    /** Computes them again after a field changed that they depend on. */
    void follow(Row row, String field) {
        storage.follow(row, field);
        var type = row.type().name();
        if (!DEPENDS_ON.getOrDefault(type, Set.of()).contains(field)) {
            return;
        }
        switch (type) {
            case "host" -> machines.find(row.ref()).ifPresent(this::host);
            case "host_metrics" ->
                machines.all().stream()
                        .filter(machine -> machine.metrics().equals(row))
                        .forEach(this::host);
            case "VM" -> vm(row);
            default -> pool();
        }
    }

    private void host(Machine machine) {
        var known = OperationRules.HOST.stream().filter(this::isKnown).toList();
        db.set(
                machine.host(),
                "allowed_operations",
                OperationRules.allowed(known, OperationRules.refusedOn(state(machine))));
    }

    private boolean isKnown(String operation) {
        return switch (operation) {
            case "apply_updates" -> db.datamodel().get("pool").field("repositories") != null;
            case "enable" -> db.datamodel().get("host").field("last_update_hash") != null;
            default -> true;
        };
    }

    static OperationRules.HostState state(Machine machine) {
        var host = machine.host();
        return new OperationRules.HostState(
                host.ref(), machine.isEnabled(), machine.isLive(), host.text("power_on_mode"), host.map(CURRENT));
    }

    static OperationRules.PoolState state(Row pool) {
        return new OperationRules.PoolState(
                pool.ref(),
                pool.flag("ha_enabled"),
                pool.map("other_config").containsKey("rolling_upgrade_in_progress"),
                pool.map(CURRENT));
    }

    private void pool() {
        var hasRepositories = db.datamodel().get("pool").field("repositories") != null;
        var known = OperationRules.POOL.stream()
                .filter(operation -> hasRepositories || OLD_POOL_OPERATIONS.contains(operation))
                .toList();
        db.set(
                db.pool(),
                "allowed_operations",
                OperationRules.allowed(known, OperationRules.refusedOn(state(db.pool()))));
    }

    private void vm(Row vm) {
        db.set(
                vm,
                "allowed_operations",
                switch (vm.text("power_state")) {
                    case "Running" -> running(vm);
                    case "Suspended" -> List.of("resume", "resume_on", "hard_shutdown");
                    default -> halted();
                });
    }

    private List<String> halted() {
        var allowed = new ArrayList<>(List.of(
                "changing_dynamic_range",
                "changing_shadow_memory",
                "changing_static_range",
                "make_into_template",
                "migrate_send",
                "destroy",
                "export",
                "metadata_export",
                "start_on",
                "start",
                "clone",
                "copy",
                "snapshot",
                "changing_NVRAM"));
        if (db.datamodel().find("VTPM") != null) {
            allowed.add("create_vtpm");
        }
        return allowed;
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
