package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.pool.StorageRules.Use;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
        rows(vdi, "VBDs", "VBD").forEach(vbd -> named(vbd, "VM").forEach(vm -> drive(vbd, guest(vm))));
        named(vdi, "SR").forEach(this::repository);
    }

    private void driveChanged(Row vbd) {
        named(vbd, "VM").forEach(vm -> drive(vbd, guest(vm)));
        named(vbd, "VDI").forEach(this::image);
    }

    private void connectionChanged(Row pbd) {
        named(pbd, "SR").forEach(sr -> {
            repository(sr);
            images(sr);
        });
    }

    private void refreshRepositories() {
        db.all("SR").forEach(this::repository);
        db.all("VDI").stream().filter(this::isHeartbeat).forEach(this::image);
    }

    /** The row that a reference names, if it names one. */
    private Stream<Row> named(Row row, String field) {
        return Stream.ofNullable(db.find(field, row.text(field)));
    }

    /** The rows that a set of references names; records of another server may name what was left out. */
    private Stream<Row> rows(Row row, String field, String type) {
        return row.list(field).stream().map(ref -> db.find(type, ref)).filter(Objects::nonNull);
    }

    private void images(Row sr) {
        var plugged = isPlugged(sr);
        rows(sr, "VDIs", "VDI").forEach(vdi -> image(vdi, plugged));
    }

    private void image(Row vdi) {
        image(vdi, named(vdi, "SR").anyMatch(this::isPlugged));
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
        return rows(vdi, "VBDs", "VBD")
                .filter(vbd -> vbd.flag(ATTACHED))
                .map(vbd -> "RW".equals(vbd.text("mode")) ? Use.WRITTEN : Use.READ)
                .reduce(Use.NONE, (one, other) -> one == Use.WRITTEN ? one : other);
    }

    private boolean isHeartbeat(Row vdi) {
        return HEARTBEAT.contains(vdi.text("type"));
    }

    private void drives(Row vm) {
        var guest = guest(vm);
        rows(vm, "VBDs", "VBD").forEach(vbd -> drive(vbd, guest));
    }

    private void drive(Row vbd, StorageRules.Guest guest) {
        allow(
                vbd,
                StorageRules.allowed(new StorageRules.Drive(
                        "CD".equals(vbd.text("type")),
                        vbd.flag("empty"),
                        vbd.flag(ATTACHED),
                        vbd.flag("unpluggable"),
                        named(vbd, "VDI").anyMatch(vdi -> !vdi.map(CURRENT).isEmpty()),
                        guest)));
    }

    private StorageRules.Guest guest(Row vm) {
        var metrics = db.find("VM_guest_metrics", vm.text("guest_metrics"));
        return new StorageRules.Guest(
                vm.text("power_state"),
                "hvm".equals(vm.text("domain_type")),
                metrics != null && metrics.flag("PV_drivers_detected"),
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
        return rows(sr, "PBDs", "PBD").anyMatch(pbd -> pbd.flag(ATTACHED));
    }

    private void allow(Row row, List<String> operations) {
        db.set(row, "allowed_operations", operations);
    }
}
