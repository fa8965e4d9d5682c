package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PackageScenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plugin {@code updater.py} of XCP-ng: what a host lacks, and its installation. A lock on each host lets one of them run at a time.
 * The process that installs does not notice when the toolstack restarts; only the loss of the host ends it.
 */
final class UpdaterPlugin {
    static final String NAME = "updater.py";

    private static final String CHECK = "check_update";
    private static final String UPDATE = "update";
    private static final String METHOD = "host.call_plugin";
    /** How long an update waits for the lock; a check does not wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration USUALLY_BUSY = Duration.ofSeconds(30);

    private final World world;
    private final Map<String, Lock> locks = new HashMap<>();

    UpdaterPlugin(World world) {
        this.world = world;
    }

    void call(Invocation call, Machine machine) {
        world.strike(FaultKind.PLUGIN_BUSY, machine, METHOD).ifPresent(fault -> occupy(machine, fault));
        switch (call.text(2)) {
            case CHECK -> check(call, machine);
            case UPDATE -> update(call, machine, world.now().plus(PATIENCE));
            default -> throw ApiFailure.of("UNKNOWN_XENAPI_PLUGIN_FUNCTION", call.text(2));
        }
    }

    /** Somebody else is at it, unless somebody is already. */
    private void occupy(Machine machine, Fault fault) {
        if (held(machine) != null) {
            return;
        }
        var lock = lock(machine, Objects.requireNonNullElse(fault.code(), CHECK));
        world.agenda()
                .in(Objects.requireNonNullElse(fault.length(), USUALLY_BUSY), () -> locks.remove(machine.ref(), lock));
    }

    private Lock lock(Machine machine, String operation) {
        var lock = new Lock(operation, machine.boots(), world.now());
        locks.put(machine.ref(), lock);
        return lock;
    }

    /** The lock of a process that is still there. */
    private @Nullable Lock held(Machine machine) {
        var lock = locks.get(machine.ref());
        return lock != null && lock.boots() == machine.boots() ? lock : null;
    }

    private void check(Invocation call, Machine machine) {
        var held = held(machine);
        if (held != null) {
            throw busy(held);
        }
        var lock = lock(machine, CHECK);
        world.agenda().in(world.length(Stage.CHECK_UPDATE), () -> {
            if (lock.equals(held(machine))) {
                locks.remove(machine.ref());
                call.succeed(UpdaterAnswers.missing(world.packages().missingOn(machine), world.now()));
            }
        });
    }

    private void update(Invocation call, Machine machine, Instant limit) {
        var held = held(machine);
        if (held == null) {
            begin(call, machine);
        } else if (UPDATE.equals(held.operation())) {
            throw UpdaterAnswers.failure("-1", "Update already in progress", "");
        } else if (!world.now().isBefore(limit)) {
            throw busy(held);
        } else {
            world.agenda().in(LOOK_AGAIN, machine, () -> call.attempt(() -> update(call, machine, limit)));
        }
    }

    private static ApiFailure busy(Lock held) {
        return UpdaterAnswers.failure(
                "-1", "The updater plugin is busy (current operation: " + held.operation() + ")", "");
    }

    private void begin(Invocation call, Machine machine) {
        var lock = lock(machine, UPDATE);
        var host = machine.host();
        var task = world.tasks().create("Update host " + host.text("name_label") + " (" + host.uuid() + ")", "");
        world.strike(FaultKind.UPDATES_CHANGE, machine, METHOD)
                .ifPresent((Fault fault) -> world.packages().publish());
        var startedAt = world.now();
        world.agenda().in(world.length(Stage.UPDATE_PACKAGES), () -> {
            if (lock.equals(held(machine))) {
                locks.remove(machine.ref());
                end(task);
                finish(call, machine, startedAt);
            }
        });
    }

    /** The plugin's own task, beside the one of the call; a coordinator that restarts forgets both. */
    private void end(Row task) {
        if (world.db().find("task", task.ref()) == task) {
            world.db().destroy(task);
        }
    }

    private void finish(Invocation call, Machine machine, Instant startedAt) {
        var fault = world.strike(FaultKind.APPLY_FAILS, machine, METHOD);
        if (fault.isPresent()) {
            var failure = failure(fault.get());
            note(machine, startedAt, failure.code());
            call.fail(failure);
            return;
        }
        List<PackageScenario> installed = world.packages().install(machine, chosen(call));
        note(machine, startedAt, installed.isEmpty() ? "nothing" : "ok");
        call.succeed(UpdaterAnswers.updated(installed));
    }

    private static ApiFailure failure(Fault fault) {
        return fault.code() == null ? UpdaterAnswers.yumFailed() : new ApiFailure(fault.code(), fault.params());
    }

    private void note(Machine machine, Instant startedAt, String detail) {
        world.noteSince(startedAt, machine, JournalAction.APPLY, machine.uuid(), detail);
    }

    /** Names of packages, separated by commas or blanks; empty = all. */
    private static Set<String> chosen(Invocation call) {
        return Arrays.stream(call.map(3).getOrDefault("packages", "").split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What a process holds.
     *
     * @param boots how often the host had gone down when it began
     */
    private record Lock(String operation, long boots, Instant since) {}
}
