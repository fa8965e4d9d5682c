package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes control domains and guests. */
final class GuestFactory {
    private static final long GUEST_OVERHEAD = 12L << 20;
    private static final long DISK = 20L << 30;

    private final Database db;
    private final PoolScenario spec;
    private final List<Machine> machines;
    private final StorageFactory storage;
    private final String now;
    private final String yesterday;
    private final long[] load;

    GuestFactory(Database db, PoolScenario spec, List<Machine> machines, StorageFactory storage, Instant now) {
        this.db = db;
        this.spec = spec;
        this.machines = machines;
        this.storage = storage;
        this.now = XapiTime.print(now);
        this.yesterday = XapiTime.print(now.minus(Duration.ofDays(1)));
        this.load = new long[machines.size()];
    }

    void make() {
        for (var machine : machines) {
            controlDomain(machine);
            for (int i = 1; i <= spec.vmsEach(); i++) {
                var number = i;
                var label = "vm-" + (machine.index() + 1) + "-" + number;
                var plain = plain(label, machine.index(), number);
                guest(plain);
            }
        }
        spec.vms().forEach(this::guest);
    }

    /** Every third plain guest is paravirtual, the others are HVM with drivers. */
    private VmScenario plain(String label, int host, int number) {
        var vm = VmScenario.plain(label).host(host);
        if (number % 3 == 0) {
            vm.pv();
        }
        return spec.isAutoPoweron() ? vm.autoPoweron() : vm;
    }

    /** Memory of the guests whose home a host is. */
    long load(int index) {
        return load[index];
    }

    long heaviestLoad() {
        return java.util.Arrays.stream(load).max().orElse(0);
    }

    private Row domain(String label, String identity, long memory, boolean pv) {
        var vm = db.create("VM", Identity.uuid(spec.name(), identity));
        db.set(vm, "name_label", label);
        for (var field : List.of(
                "memory_static_max",
                "memory_dynamic_max",
                "memory_dynamic_min",
                "memory_static_min",
                "memory_target")) {
            db.set(vm, field, memory);
        }
        db.set(vm, "memory_overhead", GUEST_OVERHEAD);
        db.set(vm, "VCPUs_max", 2L);
        db.set(vm, "VCPUs_at_startup", 2L);
        db.set(vm, "domain_type", pv ? "pv" : "hvm");
        var metrics = db.create("VM_metrics");
        db.set(metrics, "memory_actual", memory);
        db.set(metrics, "VCPUs_number", 2L);
        db.set(metrics, "hvm", !pv);
        db.set(metrics, "current_domain_type", pv ? "pv" : "hvm");
        db.set(metrics, "start_time", yesterday);
        db.set(metrics, "last_updated", now);
        db.set(vm, "metrics", metrics);
        return vm;
    }

    private void controlDomain(Machine machine) {
        var label = "Control domain on host: " + machine.host().text("name_label");
        var vm = domain(label, "dom0/" + machine.index(), PoolFactory.DOM0_MEMORY, true);
        db.set(vm, "is_control_domain", true);
        db.set(vm, "power_state", "Running");
        db.set(vm, "resident_on", machine.host());
        db.set(vm, "affinity", machine.host());
        db.set(machine.host(), "control_domain", vm);
    }

    private void guest(VmScenario wanted) {
        var home = machines.get(wanted.host());
        var vm = domain(wanted.name(), "vm/" + wanted.name(), wanted.memory(), wanted.isPv());
        load[wanted.host()] += wanted.memory() + GUEST_OVERHEAD;
        db.set(vm, "power_state", wanted.powerState());
        db.set(vm, "affinity", home.host());
        if (wanted.isRunning()) {
            db.set(vm, "resident_on", home.host());
            db.set(vm, "domid", (long) db.all("VM").size());
        }
        db.set(vm, "actions_after_reboot", "restart");
        db.set(vm, "actions_after_crash", "restart");
        db.set(vm, "ha_restart_priority", wanted.haPriority());
        db.set(vm, "blocked_operations", new LinkedHashMap<>(wanted.blockedOperations()));
        db.set(vm, "platform", platform(wanted));
        db.set(vm, "other_config", wanted.isAutoPoweron() ? Map.of("auto_poweron", "true") : Map.of());
        if (wanted.hasDrivers()) {
            db.set(vm, "guest_metrics", guestMetrics());
        }
        attach(vm, wanted);
        wanted.fields().forEach((field, value) -> db.set(vm, field, value));
    }

    private static Map<String, String> platform(VmScenario wanted) {
        return wanted.isImmobile() ? Map.of("nomigrate", "true") : Map.of("viridian", "false");
    }

    private Row guestMetrics() {
        var metrics = db.create("VM_guest_metrics");
        db.set(metrics, "PV_drivers_detected", true);
        db.set(metrics, "PV_drivers_up_to_date", true);
        db.set(metrics, "PV_drivers_version", Map.of("major", "9", "minor", "3", "micro", "3", "build", "125"));
        db.set(metrics, "os_version", Map.of("name", "Debian GNU/Linux 12", "distro", "debian", "major", "12"));
        db.set(metrics, "live", true);
        db.set(metrics, "last_updated", now);
        db.set(metrics, "other", Map.of("feature-suspend", "1", "feature-shutdown", "1", "feature-reboot", "1"));
        return metrics;
    }

    private void attach(Row vm, VmScenario wanted) {
        var sr = wanted.isOnLocalStorage() ? storage.local(wanted.host()) : storage.shared();
        var disk = StorageFactory.disk(db, sr, wanted.name() + " disk", DISK);
        drive(vm, "Disk", "0", disk, wanted.isRunning());
        drive(vm, "CD", "3", disc(wanted), wanted.isRunning());
        var vif = db.create("VIF");
        db.set(vif, "device", "0");
        db.set(vif, "VM", vm);
        db.set(vif, "network", db.all("network").iterator().next());
        db.set(vif, "MTU", 1500L);
        db.set(vif, "currently_attached", wanted.isRunning());
    }

    private @Nullable Row disc(VmScenario wanted) {
        if (wanted.isToolsInserted()) {
            return StorageFactory.disk(db, storage.tools(), "guest-tools.iso", 1L << 27);
        }
        if (wanted.isLibraryDiscInserted()) {
            return StorageFactory.disk(db, storage.library(), "install.iso", 1L << 30);
        }
        return wanted.isCdInserted()
                ? StorageFactory.disk(db, storage.local(wanted.host()), "install.iso", 1L << 30)
                : null;
    }

    private void drive(Row vm, String type, String position, @Nullable Row vdi, boolean attached) {
        var empty = vdi == null;
        var vbd = db.create("VBD");
        db.set(vbd, "VM", vm);
        if (vdi != null) {
            db.set(vbd, "VDI", vdi);
        }
        db.set(vbd, "type", type);
        db.set(vbd, "mode", "CD".equals(type) ? "RO" : "RW");
        db.set(vbd, "bootable", !"CD".equals(type));
        db.set(vbd, "empty", empty);
        db.set(vbd, "userdevice", position);
        db.set(vbd, "device", "xvd" + (char) ('a' + Integer.parseInt(position)));
        db.set(vbd, "currently_attached", attached && !empty);
    }
}
