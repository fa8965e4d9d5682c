package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** High availability and other matters of the whole pool. */
final class PoolOperations {
    private static final String ENABLED = "ha_enabled";
    private static final String TOLERATE = "ha_host_failures_to_tolerate";

    private final World world;
    private final PowerCycle power;
    private final Guards guards;

    PoolOperations(World world, PowerCycle power) {
        this.world = world;
        this.power = power;
        this.guards = new Guards(world);
    }

    void register(MethodTable table) {
        table.slow("pool.enable_ha", this::enableHa);
        table.slow("pool.disable_ha", this::disableHa);
        table.does("pool.set_ha_host_failures_to_tolerate", this::setFailuresToTolerate);
        table.answer("pool.ha_compute_max_host_failures_to_tolerate", call -> mostFailures());
        table.answer("pool.ha_failover_plan_exists", call -> call.number(0) <= mostFailures());
        table.does("pool.ha_prevent_restarts_for", call -> {});
        table.does("pool.sync_database", call -> {});
        table.does("pool.designate_new_master", this::moveCoordinator);
        table.answer(
                "pool.get_license_state",
                call -> Map.of(
                        "edition", pool().map("restrictions").isEmpty() ? "free" : "enterprise", "expiry", "never"));
    }

    private Database db() {
        return world.db();
    }

    private Row pool() {
        return world.pool();
    }

    private long mostFailures() {
        return world.machines().all().stream().filter(Machine::isEnabled).count() - 1;
    }

    private void moveCoordinator(Invocation call) {
        var next = world.machines().get(call.text(0));
        guards.pool("designate_new_master");
        if (pool().flag(ENABLED)) {
            throw ApiFailure.of("HA_IS_ENABLED");
        }
        if (!next.isLive()) {
            throw ApiFailure.of("HOST_NOT_LIVE");
        }
        if (!next.isEnabled()) {
            throw ApiFailure.of("HOST_DISABLED", next.ref());
        }
        if (!next.isCoordinator()) {
            power.moveCoordinator(next);
        }
    }

    private void enableHa(Invocation call) {
        guards.pool("ha_enable");
        var storage = call.list(0).stream().map(ref -> db().get("SR", ref)).toList();
        world.machines().all().stream()
                .filter(machine -> !machine.isLive())
                .findFirst()
                .ifPresent(machine -> {
                    throw ApiFailure.of("HOST_OFFLINE", machine.ref());
                });
        if (storage.isEmpty()) {
            throw ApiFailure.of("CANNOT_CREATE_STATE_FILE");
        }
        call.runsOn(world.machines().coordinator());
        call.occupies(pool(), "ha_enable");
        world.agenda().in(world.length(Stage.HA), world.machines().coordinator(), () -> {
            var statefiles = new ArrayList<String>();
            storage.forEach(
                    sr -> statefiles.add(StorageFactory.statefile(db(), sr).ref()));
            db().set(pool(), "ha_statefiles", statefiles);
            db().set(pool(), "ha_configuration", Map.copyOf(call.map(1)));
            db().set(pool(), "ha_cluster_stack", "xhad");
            switchHa(call, true);
        });
    }

    private void disableHa(Invocation call) {
        guards.pool("ha_disable");
        call.runsOn(world.machines().coordinator());
        call.occupies(pool(), "ha_disable");
        world.agenda().in(world.length(Stage.HA), world.machines().coordinator(), () -> {
            List.copyOf(pool().list("ha_statefiles")).forEach(ref -> db().destroy(db().get("VDI", ref)));
            db().set(pool(), "ha_statefiles", List.of());
            db().set(pool(), "ha_plan_exists_for", 0L);
            switchHa(call, false);
        });
    }

    private void switchHa(Invocation call, boolean on) {
        db().set(pool(), ENABLED, on);
        world.note(null, JournalAction.HA_CHANGED, pool().uuid(), "enabled " + on);
        call.succeed("");
    }

    private void setFailuresToTolerate(Invocation call) {
        var wanted = call.number(1);
        if (wanted < 0 || (pool().flag(ENABLED) && wanted > mostFailures())) {
            throw ApiFailure.of("HA_OPERATION_WOULD_BREAK_FAILOVER_PLAN");
        }
        db().set(pool(), TOLERATE, wanted);
        db().set(pool(), "ha_plan_exists_for", wanted);
        world.note(null, JournalAction.HA_CHANGED, pool().uuid(), "tolerates " + wanted);
    }
}
