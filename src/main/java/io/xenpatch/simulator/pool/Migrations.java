package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Live migration of one guest: checked, memory reserved, then it takes its time. */
final class Migrations {
    private final World world;
    private final PlacementRules rules;
    private final Memory memory;
    private final PendingGuidance pending;

    Migrations(World world) {
        this.world = world;
        this.rules = new PlacementRules(world.db());
        this.memory = new Memory(world.db());
        this.pending = new PendingGuidance(world);
    }

    /**
     * Starts a migration.
     *
     * @param call shows its operation on the guest; the migration ends with it
     * @param done told at the end, with null or why the guest stayed where it was
     * @throws ApiFailure if the guest may not move there
     */
    void start(Row vm, Machine target, Invocation call, Consumer<@Nullable ApiFailure> done) {
        var source = world.machines().get(vm.text("resident_on"));
        check(vm, source, target);
        var db = world.db();
        var startedAt = world.now();
        var key = "DummyRef:|" + db.nextUuid() + "|VM.pool_migrate";
        var running = new Running();
        db.set(vm, "scheduled_to_be_resident_on", target.ref());
        db.put(vm, "current_operations", key, "pool_migrate");
        db.put(target.host(), "current_operations", key, "vm_migrate");
        var incarnation = source.incarnation();
        world.agenda().in(world.length(Stage.MIGRATE), () -> {
            db.remove(vm, "current_operations", key);
            db.remove(target.host(), "current_operations", key);
            db.set(vm, "scheduled_to_be_resident_on", Database.NULL);
            var lost = source.incarnation() != incarnation || !target.isUp();
            if (lost || running.cancelled || !vm.text("resident_on").equals(source.ref())) {
                done.accept(ApiFailure.of("VM_MIGRATE_FAILED", vm.ref(), source.ref(), target.ref(), "lost"));
                return;
            }
            db.set(vm, "resident_on", target.ref());
            pending.gotNewDeviceModel(vm);
            var detail = "from " + source.uuid() + " to " + target.uuid();
            world.noteSince(startedAt, target, JournalAction.VM_MIGRATED, vm.uuid(), detail);
            done.accept(null);
        });
        if (call.method().startsWith("VM.")) {
            call.cancellable(() -> running.cancelled = true);
        }
    }

    /** A migration from a host to itself is over. */
    void endedAtHome(Row vm, Machine host) {
        pending.gotNewDeviceModel(vm);
        world.note(host, JournalAction.DEVICE_MODEL_RESTARTED, vm.uuid(), "");
    }

    private void check(Row vm, Machine source, Machine target) {
        rules.refusesToMove(vm).ifPresent(Migrations::raise);
        if (target == source) {
            throw ApiFailure.of("VM_MIGRATE_FAILED", vm.ref(), source.ref(), target.ref(), "already there");
        }
        rules.refusesToRun(vm, target).ifPresent(Migrations::raise);
        if (!PlacementRules.isNotOlder(target, source)) {
            throw ApiFailure.of("VM_HOST_INCOMPATIBLE_VERSION_MIGRATE", target.ref(), vm.ref());
        }
        var free = memory.free(target);
        if (free < Memory.of(vm)) {
            throw ApiFailure.of(
                    "HOST_NOT_ENOUGH_FREE_MEMORY", String.valueOf(Memory.of(vm)), String.valueOf(Math.max(free, 0)));
        }
        world.strike(FaultKind.VM_REFUSES_TO_MOVE, source, "VM.pool_migrate").ifPresent(fault -> {
            var code = Objects.requireNonNullElse(fault.code(), "VM_MIGRATE_FAILED");
            throw new ApiFailure(code, fault.params().isEmpty() ? java.util.List.of(vm.ref()) : fault.params());
        });
    }

    private static void raise(ApiFailure failure) {
        throw failure;
    }

    private static final class Running {
        private boolean cancelled;
    }
}
