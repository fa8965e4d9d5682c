package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starting, stopping, suspending and moving guests. */
final class GuestOperations {
    private static final String RUNNING = "Running";
    private static final String HALTED = "Halted";
    private static final String SUSPENDED = "Suspended";

    private final World world;
    private final GuestPower power;
    private final Migrations migrations;
    private final Forwarding forwarding;
    private final PlacementRules rules;

    GuestOperations(World world, GuestPower power, Migrations migrations, Forwarding forwarding) {
        this.world = world;
        this.power = power;
        this.migrations = migrations;
        this.forwarding = forwarding;
        this.rules = new PlacementRules(world.db());
    }

    void register(MethodTable table) {
        table.slow("VM.pool_migrate", this::migrate);
        table.slow("VM.restart_device_models", this::restartDeviceModels);
        table.slow("VM.start", call -> start(call, HALTED, Optional.empty(), JournalAction.VM_STARTED));
        table.slow("VM.start_on", call -> start(call, HALTED, Optional.of(target(call)), JournalAction.VM_STARTED));
        table.slow("VM.resume", call -> start(call, SUSPENDED, Optional.empty(), JournalAction.VM_RESUMED));
        table.slow("VM.resume_on", call -> start(call, SUSPENDED, Optional.of(target(call)), JournalAction.VM_RESUMED));
        table.slow("VM.clean_shutdown", call -> cleanly(call, "clean_shutdown", vm -> power.stop(vm, "clean")));
        table.slow("VM.shutdown", call -> after(call, "shutdown", vm -> power.stop(vm, "clean")));
        table.slow("VM.suspend", call -> cleanly(call, "suspend", power::suspend));
        table.slow("VM.clean_reboot", call -> cleanly(call, "clean_reboot", this::rebooted));
        table.slow("VM.hard_reboot", call -> after(call, "hard_reboot", this::rebooted));
        table.slow("VM.hard_shutdown", this::hardShutdown);
        table.does("VM.destroy", this::destroy);
        table.does("VM.assert_can_boot_here", this::assertCanBootHere);
        table.answer(
                "VM.get_possible_hosts",
                call -> world.machines().all().stream()
                        .filter(machine -> power.fits(vm(call), machine))
                        .map(Machine::ref)
                        .toList());
    }

    private static Row vm(Invocation call) {
        return call.row(0, "VM");
    }

    private Machine target(Invocation call) {
        return world.machines().get(call.text(1));
    }

    private void migrate(Invocation call) {
        var vm = vm(call);
        var target = target(call);
        rules.refusesToMove(vm).ifPresent(GuestOperations::raise);
        forwarding.run(call, world.machines().get(vm.text("resident_on")), (work, source) -> {
            migrations.start(vm, target, work, failure -> {
                if (failure == null) {
                    work.succeed("");
                } else {
                    work.fail(failure);
                }
            });
        });
    }

    /** A live migration to where the guest is. */
    private void restartDeviceModels(Invocation call) {
        var vm = vm(call);
        if (!RUNNING.equals(vm.text("power_state"))) {
            throw ApiFailure.of("VM_BAD_POWER_STATE", vm.ref(), RUNNING, vm.text("power_state"));
        }
        rules.refusesToMove(vm).ifPresent(GuestOperations::raise);
        forwarding.run(call, world.machines().get(vm.text("resident_on")), (work, host) -> {
            work.occupies(vm, "pool_migrate");
            world.agenda().in(world.length(Stage.MIGRATE), host, () -> {
                migrations.endedAtHome(vm, host);
                work.succeed("");
            });
        });
    }

    private static void raise(ApiFailure failure) {
        throw failure;
    }

    private static void assertState(Row vm, String expected) {
        if (!vm.text("power_state").equals(expected)) {
            throw PlacementRules.badPowerState(vm, expected.toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void assertUnblocked(Row vm, String operation) {
        var blocked = vm.map("blocked_operations").get(operation);
        if (blocked != null) {
            throw ApiFailure.of("OPERATION_BLOCKED", vm.ref(), blocked);
        }
        if (!vm.map("current_operations").isEmpty()) {
            throw ApiFailure.of(
                    "OTHER_OPERATION_IN_PROGRESS",
                    "VM",
                    vm.ref(),
                    vm.map("current_operations").values().iterator().next());
        }
    }

    private void start(Invocation call, String from, Optional<Machine> wanted, JournalAction how) {
        var vm = vm(call);
        assertState(vm, from);
        assertUnblocked(vm, how == JournalAction.VM_RESUMED ? "resume" : "start");
        wanted.ifPresent(machine -> assertStartsOn(vm, machine));
        var machine =
                wanted.or(() -> power.choose(vm)).orElseThrow(() -> ApiFailure.of("NO_HOSTS_AVAILABLE", vm.ref()));
        forwarding.run(call, machine, (work, host) -> {
            world.db().set(vm, "scheduled_to_be_resident_on", host.ref());
            work.occupies(vm, how == JournalAction.VM_RESUMED ? "resume" : "start");
            world.agenda().in(world.length(Stage.VM_START), host, () -> {
                power.run(vm, host, how);
                work.succeed("");
            });
        });
    }

    private void assertStartsOn(Row vm, Machine machine) {
        if (machine.host().map("current_operations").containsValue("evacuate")) {
            throw ApiFailure.of("HOST_EVACUATE_IN_PROGRESS", machine.ref());
        }
        rules.refusesToRun(vm, machine).ifPresent(GuestOperations::raise);
        assertMemory(vm, machine);
    }

    private void assertMemory(Row vm, Machine machine) {
        var free = new Memory(world.db()).free(machine);
        if (free < Memory.of(vm)) {
            throw ApiFailure.of(
                    "HOST_NOT_ENOUGH_FREE_MEMORY", String.valueOf(Memory.of(vm)), String.valueOf(Math.max(free, 0)));
        }
    }

    /** Needs the guest's help, which takes drivers. */
    private void cleanly(Invocation call, String operation, Consumer<Row> effect) {
        var vm = vm(call);
        assertState(vm, RUNNING);
        if ("hvm".equals(vm.text("domain_type")) && vm.isNull("guest_metrics")) {
            throw ApiFailure.of("VM_LACKS_FEATURE", vm.ref());
        }
        after(call, operation, effect);
    }

    private void after(Invocation call, String operation, Consumer<Row> effect) {
        var vm = vm(call);
        assertState(vm, RUNNING);
        assertUnblocked(vm, operation);
        forwarding.run(call, world.machines().get(vm.text("resident_on")), (work, host) -> {
            work.occupies(vm, operation);
            work.cancellable(() -> {});
            if (vm.map("other_config").containsKey(VmScenario.DEAF)) {
                return;
            }
            world.agenda().in(world.length(Stage.VM_STOP), host, () -> {
                if (!work.isOver() && RUNNING.equals(vm.text("power_state"))) {
                    effect.accept(vm);
                }
                work.succeed("");
            });
        });
    }

    private void rebooted(Row vm) {
        var where = world.machines().get(vm.text("resident_on"));
        power.bootedOn(vm, where);
        world.note(where, JournalAction.VM_REBOOTED, vm.uuid(), "");
    }

    private void hardShutdown(Invocation call) {
        var vm = vm(call);
        if (HALTED.equals(vm.text("power_state"))) {
            throw PlacementRules.badPowerState(vm, "paused, suspended, running");
        }
        power.stop(vm, "hard");
        call.succeed("");
    }

    /** Its disks stay. */
    private void destroy(Invocation call) {
        var vm = vm(call);
        assertState(vm, HALTED);
        assertUnblocked(vm, "destroy");
        List.of("VBD", "VIF")
                .forEach(type -> List.copyOf(vm.list(type + "s"))
                        .forEach(ref -> world.db().destroy(world.db().get(type, ref))));
        world.db().destroy(vm);
    }

    private void assertCanBootHere(Invocation call) {
        rules.refusesToRun(vm(call), target(call)).ifPresent(GuestOperations::raise);
        assertMemory(vm(call), target(call));
    }
}
