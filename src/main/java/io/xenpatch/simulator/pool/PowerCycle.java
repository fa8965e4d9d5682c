package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;

/** How hosts go away and come back: reboot, toolstack restart, loss of power. */
final class PowerCycle {
    private static final Duration USUAL_LATENESS = Duration.ofMinutes(10);
    private static final Duration COORDINATOR_CHECK = Duration.ofSeconds(5);

    private final World world;
    private final GuestPower guests;
    private final Sessions sessions;
    private final PendingGuidance pending;
    private final ClusterLife clusters;
    private final IntConsumer connectionsLost;
    private final Set<String> detached = new HashSet<>();
    private final Set<Machine> died = new HashSet<>();

    /** @param connectionsLost told the index of a host whose API port resets all connections now */
    PowerCycle(World world, GuestPower guests, Sessions sessions, IntConsumer connectionsLost) {
        this.world = world;
        this.guests = guests;
        this.sessions = sessions;
        this.pending = new PendingGuidance(world);
        this.clusters = new ClusterLife(world);
        this.connectionsLost = connectionsLost;
    }

    /** An accepted {@code host.reboot}: nothing happens for a moment, then everything. */
    void reboot(Machine machine) {
        var marker = world.tasks().create("Host is rebooting", "");
        world.tasks().succeed(marker, "");
        world.db().put(machine.host(), "current_operations", marker.ref(), "shutdown");
        world.agenda().in(world.length(Stage.SHUTDOWN_DELAY), machine, () -> {
            leave(machine, "reboot");
            comeBackAfterBoot(machine);
        });
    }

    /** An accepted {@code host.shutdown}: the host stays away until it is powered on. */
    void shutDown(Machine machine) {
        world.agenda().in(world.length(Stage.SHUTDOWN_DELAY), machine, () -> leave(machine, "shutdown"));
    }

    /** A host that is off starts. */
    void powerOn(Machine machine) {
        boot(machine, world.length(Stage.BOOT), world.now());
    }

    private void leave(Machine machine, String why) {
        guests.stopAll(machine);
        unplug(machine);
        world.db().set(machine.host(), "enabled", false);
        world.db().set(machine.metrics(), "live", false);
        world.note(machine, JournalAction.REBOOT_STARTED, machine.uuid(), why);
        machine.wentDown();
        clusters.gone(machine);
        stop(machine);
    }

    private void unplug(Machine machine) {
        pbds(machine).forEach(pbd -> {
            if (pbd.flag("currently_attached")) {
                detached.remove(pbd.ref());
                world.db().set(pbd, "currently_attached", false);
            } else {
                detached.add(pbd.ref());
            }
        });
    }

    private List<Row> pbds(Machine machine) {
        return machine.host().list("PBDs").stream()
                .map(ref -> world.db().get("PBD", ref))
                .toList();
    }

    private void stop(Machine machine) {
        var lost = machine.stop();
        lost.forEach(call -> call.lost(machine));
        if (machine.isCoordinator()) {
            sessions.loseAll();
            world.tasks().loseAll();
            world.updates().coordinatorStopped();
        }
        connectionsLost.accept(machine.index());
    }

    private void comeBackAfterBoot(Machine machine) {
        if (world.strike(FaultKind.HOST_NEVER_RETURNS, machine, "host.reboot").isPresent()) {
            return;
        }
        var late = world.strike(FaultKind.HOST_RETURNS_LATE, machine, "host.reboot")
                .map(fault -> Objects.requireNonNullElse(fault.length(), USUAL_LATENESS))
                .orElse(Duration.ZERO);
        boot(machine, world.length(Stage.BOOT).plus(late), world.now());
    }

    private void boot(Machine machine, Duration until, Instant startedAt) {
        world.agenda().in(until, machine, () -> {
            machine.starting();
            world.agenda()
                    .in(
                            world.length(Stage.STILL_BOOTING),
                            machine,
                            () -> whenCoordinatorAnswers(machine, () -> booted(machine, startedAt)));
        });
    }

    private void whenCoordinatorAnswers(Machine machine, Runnable action) {
        if (machine.isCoordinator() || world.machines().coordinator().isUp()) {
            action.run();
        } else {
            world.agenda().in(COORDINATOR_CHECK, machine, () -> whenCoordinatorAnswers(machine, action));
        }
    }

    private void booted(Machine machine, Instant startedAt) {
        guests.stopAll(machine);
        if (died.remove(machine)) {
            unplug(machine);
        }
        toolstackStarted(machine);
        var host = machine.host();
        world.db().put(host, "other_config", "boot_time", XapiTime.printSeconds(world.now()));
        world.db().set(host, "updates_requiring_reboot", List.of());
        world.db().set(host, "enabled", false);
        pending.booted(machine);
        world.updates().booted(machine);
        new SoftwareVersion(world).afterBoot(machine);
        world.noteSince(startedAt, machine, JournalAction.REBOOT_FINISHED, machine.uuid(), "");
        var storage = world.strike(FaultKind.STORAGE_MISSING, machine, "PBD.plug");
        world.agenda().in(world.length(Stage.STORAGE), machine, () -> attachStorage(machine, storage.isPresent()));
        world.agenda().in(world.length(Stage.CLUSTER_JOIN), machine, () -> clusters.back(machine));
    }

    private void toolstackStarted(Machine machine) {
        machine.up();
        if (machine.isCoordinator()) {
            world.db().changes().restart();
            clearOperations();
        }
        machine.takeOrphans().forEach(world.tasks()::abandon);
        world.db().set(machine.host(), "current_operations", java.util.Map.of());
        world.db().set(machine.metrics(), "live", true);
        world.db().set(machine.metrics(), "last_updated", XapiTime.print(world.now()));
        pending.toolstackStarted(machine);
        var started = XapiTime.printSeconds(world.now());
        world.db().put(machine.host(), "other_config", "agent_start_time", started);
    }

    private void clearOperations() {
        for (var name : List.of("host", "VM", "VDI", "SR", "pool")) {
            world.db().all(name).forEach(row -> world.db().set(row, "current_operations", java.util.Map.of()));
        }
    }

    private void attachStorage(Machine machine, boolean sharedMissing) {
        for (var pbd : pbds(machine)) {
            var isShared = world.db().get("SR", pbd.text("SR")).flag("shared");
            if (!detached.contains(pbd.ref()) && !(sharedMissing && isShared)) {
                world.db().set(pbd, "currently_attached", true);
                world.note(machine, JournalAction.PBD_PLUGGED, pbd.uuid(), "automatic");
            }
        }
        world.agenda().in(world.length(Stage.AUTO_ENABLE), machine, () -> {
            startedUp(machine);
            guests.autostart(machine);
        });
    }

    private void startedUp(Machine machine) {
        machine.startedUp();
        if (PendingGuidance.isMandatory(machine) || !machine.enablesItself()) {
            return;
        }
        world.db().set(machine.host(), "enabled", true);
        world.note(machine, JournalAction.ENABLE, machine.uuid(), "automatic");
    }

    /** An accepted {@code host.restart_agent}. Guests don't notice. */
    void restartToolstack(Machine machine) {
        world.agenda().in(world.length(Stage.AGENT_DELAY), machine, () -> toolstackStops(machine));
    }

    /** An accepted {@code pool.designate_new_master}: every toolstack restarts, and after it the pool has another coordinator. */
    void moveCoordinator(Machine next) {
        world.agenda().in(world.length(Stage.AGENT_DELAY), next, () -> appoint(next));
    }

    private void appoint(Machine next) {
        world.machines().all().stream().filter(Machine::listens).forEach(this::toolstackStops);
        world.machines().appoint(next);
        world.db().set(world.pool(), "master", next.ref());
        if (world.pool().has("last_update_sync")) {
            world.db().set(world.pool(), "last_update_sync", XapiTime.NEVER);
            world.updates().dropMirror();
        }
        world.note(next, JournalAction.COORDINATOR_CHANGED, next.uuid(), "");
    }

    /** What {@code pool.emergency_transition_to_master} and {@code pool.recover_slaves} do once the coordinator is lost. */
    void takeOver(Machine next, Fault fault) {
        die(world.machines().coordinator(), fault);
        appoint(next);
    }

    private void toolstackStops(Machine machine) {
        var startedAt = world.now();
        world.db().set(machine.host(), "enabled", false);
        world.db().set(machine.metrics(), "live", false);
        stop(machine);
        var away = world.length(Stage.TOOLSTACK);
        world.agenda().in(away.multipliedBy(3).dividedBy(4), machine, machine::starting);
        world.agenda().in(away, machine, () -> whenCoordinatorAnswers(machine, () -> restarted(machine, startedAt)));
    }

    private void restarted(Machine machine, Instant startedAt) {
        toolstackStarted(machine);
        new SoftwareVersion(world).afterToolstackStart(machine);
        world.noteSince(startedAt, machine, JournalAction.TOOLSTACK_RESTARTED, machine.uuid(), "");
        startedUp(machine);
    }

    /** The host loses power: nobody is told, and it counts as live for a while. */
    void die(Machine machine, Fault fault) {
        if (!machine.listens()) {
            return;
        }
        world.note(machine, JournalAction.REBOOT_STARTED, machine.uuid(), "died");
        machine.wentDown();
        clusters.gone(machine);
        stop(machine);
        died.add(machine);
        world.agenda().in(world.length(Stage.ASSUME_DEAD), machine, () -> presumeDead(machine));
        if (fault.length() != null) {
            boot(machine, fault.length(), world.now());
        }
    }

    private void presumeDead(Machine machine) {
        if (!machine.isUp()) {
            world.db().set(machine.metrics(), "live", false);
        }
    }
}
