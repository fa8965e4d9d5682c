package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Power states of guests. */
final class GuestPower {
    private static final String AUTO = "auto_poweron";

    private final World world;
    private final PendingGuidance pending;

    GuestPower(World world) {
        this.world = world;
        this.pending = new PendingGuidance(world);
    }

    private Database db() {
        return world.db();
    }

    /** What still runs on a host that goes down is shut down the hard way. */
    void stopAll(Machine machine) {
        EvacuationPlan.guests(db(), machine).forEach(vm -> stop(vm, "host reboot"));
    }

    void stop(Row vm, String how) {
        var where = world.machines().find(vm.text("resident_on")).orElse(null);
        down(vm, "Halted");
        pending.halted(vm);
        world.note(where, JournalAction.VM_SHUTDOWN, vm.uuid(), how);
        world.message("VM_SHUTDOWN", vm, "clean".equals(how) ? "shutdown" : "shutdown forcibly");
    }

    void suspend(Row vm) {
        var where = world.machines().find(vm.text("resident_on")).orElse(null);
        down(vm, "Suspended");
        pending.gotNewDeviceModel(vm);
        world.note(where, JournalAction.VM_SUSPENDED, vm.uuid(), "");
    }

    private void down(Row vm, String state) {
        db().set(vm, "power_state", state);
        db().set(vm, "resident_on", Database.NULL);
        db().set(vm, "scheduled_to_be_resident_on", Database.NULL);
        drives(vm, false);
    }

    void run(Row vm, Machine where, JournalAction how) {
        db().set(vm, "scheduled_to_be_resident_on", Database.NULL);
        db().set(vm, "power_state", "Running");
        db().set(vm, "resident_on", where.ref());
        drives(vm, true);
        if (how != JournalAction.VM_RESUMED) {
            bootedOn(vm, where);
        }
        world.note(where, how, vm.uuid(), "");
        var isStart = how == JournalAction.VM_STARTED;
        world.message(
                isStart ? "VM_STARTED" : "VM_RESUMED",
                vm,
                (isStart ? "started" : "resumed") + " on host: " + where.host().text("name_label") + " (uuid: "
                        + where.uuid() + ")");
    }

    void bootedOn(Row vm, Machine where) {
        pending.booted(vm, where);
        var metrics = db().get("VM_metrics", vm.text("metrics"));
        db().set(metrics, "start_time", XapiTime.print(world.now()));
    }

    private void drives(Row vm, boolean attached) {
        vm.list("VBDs").stream()
                .map(ref -> db().get("VBD", ref))
                .filter(vbd -> !vbd.flag("empty"))
                .forEach(vbd -> db().set(vbd, "currently_attached", attached));
        vm.list("VIFs").forEach(ref -> db().set(db().get("VIF", ref), "currently_attached", attached));
    }

    /** After a host started: guests that shall always run start there if the pool says so. */
    void autostart(Machine machine) {
        if (!"true".equals(world.pool().map("other_config").get(AUTO))) {
            return;
        }
        db().all("VM").stream()
                .filter(vm -> "true".equals(vm.map("other_config").get(AUTO)))
                .filter(vm -> "Halted".equals(vm.text("power_state")) && !vm.flag("is_a_template"))
                .toList()
                .forEach(vm -> {
                    if (fits(vm, machine)) {
                        run(vm, machine, JournalAction.VM_STARTED);
                    }
                });
    }

    boolean fits(Row vm, Machine machine) {
        return new PlacementRules(db()).refusesToRun(vm, machine).isEmpty()
                && new Memory(db()).free(machine) >= Memory.of(vm);
    }

    /** The host a guest starts on when nobody says which: its home if it fits, else the one with the most memory. */
    Optional<Machine> choose(Row vm) {
        var memory = new Memory(db());
        List<Machine> fitting = world.machines().all().stream()
                .filter(machine -> fits(vm, machine))
                .toList();
        return fitting.stream()
                .filter(machine -> machine.ref().equals(vm.text("affinity")))
                .findFirst()
                .or(() -> fitting.stream().max(Comparator.comparingLong(memory::free)));
    }
}
