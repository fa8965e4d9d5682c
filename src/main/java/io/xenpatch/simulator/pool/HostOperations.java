package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.XapiDate;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Enable, disable, reboot, restart the toolstack, and questions about a host. */
final class HostOperations {
    private static final String AUTO_ENABLE_SINCE = "25.31.0";
    private static final String DISK_SPACE = "disk-space";
    private static final Duration USUAL_REFUSAL = Duration.ofMinutes(1);

    private final World world;
    private final PowerCycle power;
    private final Forwarding forwarding;
    private final UpdaterPlugin updater;
    private final Map<String, Instant> refusesUntil = new HashMap<>();

    HostOperations(World world, PowerCycle power, Forwarding forwarding) {
        this.world = world;
        this.power = power;
        this.forwarding = forwarding;
        this.updater = new UpdaterPlugin(world);
    }

    void register(MethodTable table) {
        table.slow("host.disable", forwarding.to(0, this::disable));
        table.slow("host.enable", call -> whenFree(call, "enable", this::enable));
        table.slow("host.reboot", call -> whenFree(call, "reboot", this::reboot));
        table.slow("host.shutdown", call -> whenFree(call, "shutdown", this::shutDown));
        table.does("host.set_power_on_mode", this::setPowerOnMode);
        table.slow("host.restart_agent", forwarding.to(0, this::restartAgent));
        table.does("host.power_on", this::powerOn);
        table.does(
                "host.emergency_clear_mandatory_guidance",
                call -> world.db().set(world.machines().coordinator().host(), PendingGuidance.MANDATORY, List.of()));
        questions(table);
    }

    private void questions(MethodTable table) {
        table.slow(
                "host.get_servertime",
                forwarding.to(0, (call, machine) -> call.succeed(new XapiDate(XapiTime.print(clock(machine))))));
        table.slow(
                "host.get_server_localtime",
                forwarding.to(0, (call, machine) -> call.succeed(new XapiDate(XapiTime.printLocal(clock(machine))))));
        table.answer("host.compute_free_memory", call -> new Memory(world.db()).free(machine(call)));
        table.answer("host.compute_memory_overhead", call -> PoolFactory.HOST_OVERHEAD);
        table.answer("host.is_in_emergency_mode", call -> false);
        table.answer(
                "host.has_extension",
                call -> List.of("pool_update.precheck", "pool_update.apply").contains(call.text(1))
                        && !world.spec().lacksExtension(call.text(1)));
        table.answer("host.get_management_interface", this::managementInterface);
        table.slow("host.call_plugin", forwarding.to(0, this::callPlugin));
        table.answer("host.retrieve_wlb_evacuate_recommendations", call -> {
            throw ApiFailure.of("WLB_NOT_INITIALIZED");
        });
    }

    private Instant clock(Machine machine) {
        return world.now().plus(world.spec().host(machine.index()).clockAhead());
    }

    private String managementInterface(Invocation call) {
        return machine(call).host().list("PIFs").stream()
                .filter(ref -> world.db().get("PIF", ref).flag("management"))
                .findFirst()
                .orElseThrow(() -> ApiFailure.of("INTERNAL_ERROR", "Not_found"));
    }

    private void callPlugin(Invocation call, Machine machine) {
        var plugin = world.spec().plugin(call.text(1));
        if (plugin == null
                && UpdaterPlugin.NAME.equals(call.text(1))
                && world.spec().profile().isXcpNg()) {
            updater.call(call, machine);
            return;
        }
        if (plugin == null && DISK_SPACE.equals(call.text(1))) {
            diskSpace(call, machine);
            return;
        }
        if (plugin == null) {
            throw ApiFailure.of("XENAPI_MISSING_PLUGIN", call.text(1));
        }
        var outcome = plugin.call(machine.uuid(), call.text(2), call.map(3));
        world.agenda().in(outcome.after(), machine, () -> {
            if (outcome.error().isEmpty()) {
                call.succeed(outcome.text());
            } else {
                call.fail(new ApiFailure(
                        outcome.error().get(0),
                        outcome.error().subList(1, outcome.error().size())));
            }
        });
    }

    private void diskSpace(Invocation call, Machine machine) {
        if (!"get_avail_host_disk_space".equals(call.text(2))) {
            throw ApiFailure.of("UNKNOWN_XENAPI_PLUGIN_FUNCTION", call.text(2));
        }
        call.succeed(Long.toString(world.spec().host(machine.index()).freeDiskSpace()));
    }

    private Machine machine(Invocation call) {
        return world.machines().get(call.text(0));
    }

    private void disable(Invocation call, Machine machine) {
        boolean forGood = world.spec().profile().has(AUTO_ENABLE_SINCE) && !call.flag(1);
        disable(machine, forGood ? "until enabled" : "");
        if (forGood) {
            machine.enablesItself(false);
        }
        call.succeed("");
    }

    /** @throws ApiFailure HA_OPERATION_WOULD_BREAK_FAILOVER_PLAN */
    void disable(Machine machine, String detail) {
        var pool = world.pool();
        var enabled = world.machines().all().stream().filter(Machine::isEnabled).count();
        if (pool.flag("ha_enabled")
                && machine.isEnabled()
                && enabled - 1 <= pool.number("ha_host_failures_to_tolerate")) {
            throw ApiFailure.of("HA_OPERATION_WOULD_BREAK_FAILOVER_PLAN");
        }
        if (machine.isEnabled()) {
            world.db().set(machine.host(), "enabled", false);
            world.note(machine, JournalAction.DISABLE, machine.uuid(), detail);
        }
    }

    private void enable(Invocation call, Machine machine) {
        world.strike(FaultKind.REFUSE_ENABLE, machine, "host.enable")
                .ifPresent(fault -> refusesUntil.put(
                        machine.ref(), world.now().plus(Objects.requireNonNullElse(fault.length(), USUAL_REFUSAL))));
        var refusal = refusesUntil.getOrDefault(machine.ref(), Instant.MIN);
        if (!machine.isStartedUp() || world.now().isBefore(refusal)) {
            throw ApiFailure.of("HOST_STILL_BOOTING");
        }
        PendingGuidance.assertNoMandatory(machine);
        machine.enablesItself(true);
        if (!machine.isEnabled()) {
            world.db().set(machine.host(), "enabled", true);
            world.note(machine, JournalAction.ENABLE, machine.uuid(), "");
        }
        call.succeed("");
    }

    /** The coordinator queues: a second reboot waits until the first is over, and then happens. */
    private void whenFree(Invocation call, String operation, Forwarding.OnHost work) {
        var machine = machine(call);
        call.runsOn(world.machines().coordinator());
        forwarding.whenFree(call, machine, operation, () -> forwarding.run(call, machine, work));
    }

    private void reboot(Invocation call, Machine machine) {
        assertDisabled(machine);
        power.reboot(machine);
        call.succeed("");
    }

    private void shutDown(Invocation call, Machine machine) {
        assertDisabled(machine);
        power.shutDown(machine);
        call.succeed("");
    }

    private void setPowerOnMode(Invocation call) {
        world.db().set(machine(call).host(), "power_on_mode", call.text(1));
        world.db().set(machine(call).host(), "power_on_config", Map.copyOf(call.map(2)));
    }

    private static void assertDisabled(Machine machine) {
        if (machine.isEnabled()) {
            throw ApiFailure.of("HOST_NOT_DISABLED");
        }
    }

    private void restartAgent(Invocation call, Machine machine) {
        power.restartToolstack(machine);
        call.succeed("");
    }

    private void powerOn(Invocation call) {
        var machine = machine(call);
        if (machine.isLive()) {
            throw ApiFailure.of("HOST_IS_LIVE", machine.ref());
        }
        if (machine.host().text("power_on_mode").isEmpty()) {
            throw ApiFailure.of("HOST_POWER_ON_MODE_DISABLED");
        }
        if (!machine.listens()) {
            power.powerOn(machine);
        }
    }
}
