package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.pool.StorageRules.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The advisory {@code allowed_operations} of images, drives and repositories, kept in step with what they depend on. */
final class AllowedStorageOperations {
    private static final String CURRENT = "current_operations";
    private static final String ATTACHED = "currently_attached";
    private static final Map<String, Set<String>> DEPENDS_ON = Map.of(
            "VDI", Set.of("SR", "type", "sharable", CURRENT),
            "VBD", Set.of("VM", "VDI", "empty", "type", "mode", "unpluggable", ATTACHED),
            "VM", Set.of("power_state", "domain_type", "guest_metrics", CURRENT),
            "PBD", Set.of("SR", ATTACHED),
            "SR", Set.of(CURRENT),
            "pool", Set.of("ha_enabled", "other_config"));
    private static final Set<String> HEARTBEAT = Set.of("ha_statefile", "redo_log");
    private static final Set<String> GOING_DOWN = Set.of("clean_shutdown", "hard_shutdown", "suspend", "pause");

    private final Database db;

    AllowedStorageOperations(Database db) {
        this.db = db;
    }

    /** Computes them for everything there is. */
    void refresh() {
        for (var sr : db.all("SR")) {
            repository(sr);
            images(sr);
        }
        db.all("VM").forEach(this::drives);
    }

    /** Computes them again after a field changed that they depend on. */
    void follow(Row row, String field) {
        if (!DEPENDS_ON.getOrDefault(row.type().name(), Set.of()).contains(field)) {
            return;
        }
        switch (row.type().name()) {
            case "VDI" -> imageChanged(row);
            case "VBD" -> driveChanged(row);
            case "VM" -> drives(row);
            case "PBD" -> connectionChanged(row);
            case "SR" -> repository(row);
            default -> refreshRepositories();
        }
    }

    private void imageChanged(Row vdi) {
        image(vdi);
        db.named(vdi, "VBDs").forEach(vbd -> db.named(vbd, "VM").forEach(vm -> drive(vbd, guest(vm))));
        db.named(vdi, "SR").forEach(this::repository);
    }

    private void driveChanged(Row vbd) {
        db.named(vbd, "VM").forEach(vm -> drive(vbd, guest(vm)));
        db.named(vbd, "VDI").forEach(this::image);
    }

    private void connectionChanged(Row pbd) {
        db.named(pbd, "SR").forEach(sr -> {
            repository(sr);
            images(sr);
        });
    }

    private void refreshRepositories() {
        db.all("SR").forEach(this::repository);
        db.all("VDI").stream().filter(this::isHeartbeat).forEach(this::image);
    }

    private void images(Row sr) {
        var plugged = isPlugged(sr);
        db.named(sr, "VDIs").forEach(vdi -> image(vdi, plugged));
    }

    private void image(Row vdi) {
        image(vdi, db.named(vdi, "SR").anyMatch(this::isPlugged));
    }

    private void image(Row vdi, boolean plugged) {
        allow(
                vdi,
                StorageRules.allowed(new StorageRules.Image(
                        use(vdi),
                        !vdi.map(CURRENT).isEmpty(),
                        plugged,
                        vdi.flag("sharable"),
                        isHeartbeat(vdi),
                        db.pool().flag("ha_enabled"))));
    }

    private Use use(Row vdi) {
        return db.named(vdi, "VBDs")
                .filter(vbd -> vbd.flag(ATTACHED))
                .map(vbd -> "RW".equals(vbd.text("mode")) ? Use.WRITTEN : Use.READ)
                .reduce(Use.NONE, (one, other) -> one == Use.WRITTEN ? one : other);
    }

    private boolean isHeartbeat(Row vdi) {
        return HEARTBEAT.contains(vdi.text("type"));
    }

    private void drives(Row vm) {
        var guest = guest(vm);
        db.named(vm, "VBDs").forEach(vbd -> drive(vbd, guest));
    }

    private void drive(Row vbd, StorageRules.Guest guest) {
        allow(
                vbd,
                StorageRules.allowed(new StorageRules.Drive(
                        "CD".equals(vbd.text("type")),
                        vbd.flag("empty"),
                        vbd.flag(ATTACHED),
                        vbd.flag("unpluggable"),
                        db.named(vbd, "VDI").anyMatch(vdi -> !vdi.map(CURRENT).isEmpty()),
                        guest)));
    }

    private StorageRules.Guest guest(Row vm) {
        var hasDrivers = db.named(vm, "guest_metrics").anyMatch(metrics -> metrics.flag("PV_drivers_detected"));
        return new StorageRules.Guest(
                vm.text("power_state"),
                "hvm".equals(vm.text("domain_type")),
                hasDrivers,
                vm.map(CURRENT).values().stream().anyMatch(GOING_DOWN::contains));
    }

    private void repository(Row sr) {
        allow(
                sr,
                StorageRules.allowed(new StorageRules.Repository(
                        isPlugged(sr),
                        !sr.list("PBDs").isEmpty(),
                        sr.list("VDIs").isEmpty(),
                        db.pool().map("other_config").containsKey("rolling_upgrade_in_progress"),
                        db.datamodel().get("VDI").message("revert") != null,
                        sr.map(CURRENT).values())));
    }

    private boolean isPlugged(Row sr) {
        return db.named(sr, "PBDs").anyMatch(pbd -> pbd.flag(ATTACHED));
    }

    private void allow(Row row, List<String> operations) {
        db.set(row, "allowed_operations", operations);
    }
}
