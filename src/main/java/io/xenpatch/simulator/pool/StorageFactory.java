package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes storage: one repository that all hosts share, and one on the disk of each host. */
final class StorageFactory {
    private static final long STATEFILE = 4L << 20;

    private final Database db;
    private final PoolScenario spec;
    private final List<Machine> machines;
    private final List<Row> local = new ArrayList<>();
    private @Nullable Row shared;
    private @Nullable Row tools;
    private @Nullable Row library;

    StorageFactory(Database db, PoolScenario spec, List<Machine> machines) {
        this.db = db;
        this.spec = spec;
        this.machines = machines;
    }

    void make() {
        var common = repository("Shared storage", "nfs", true, "sr/shared");
        shared = common;
        spec.storageFields().forEach((field, value) -> db.set(common, field, value));
        for (var machine : machines) {
            plug(machine, common, !spec.host(machine.index()).isStorageDetached());
            var own = repository("Local storage", "ext", false, "sr/local/" + machine.index());
            local.add(own);
            plug(machine, own, true);
        }
    }

    Row shared() {
        return Objects.requireNonNull(shared);
    }

    Row local(int index) {
        return local.get(index);
    }

    /** The library of guest tools, made when somebody has its disc in a drive. */
    Row tools() {
        if (tools == null) {
            tools = library("Guest tools", "sr/tools");
            db.set(tools, "is_tools_sr", true);
        }
        return tools;
    }

    /** A library of discs that all hosts share, made when somebody has a disc of it in a drive. */
    Row library() {
        if (library == null) {
            library = library("Disc library", "sr/library");
        }
        return library;
    }

    private Row library(String label, String identity) {
        var sr = repository(label, "iso", true, identity);
        db.set(sr, "content_type", "iso");
        machines.forEach(machine -> plug(machine, sr, true));
        return sr;
    }

    private Row repository(String label, String type, boolean common, String identity) {
        var sr = db.create("SR", Identity.uuid(spec.name(), identity));
        db.set(sr, "name_label", label);
        db.set(sr, "type", type);
        db.set(sr, "content_type", "user");
        db.set(sr, "shared", common);
        db.set(sr, "physical_size", spec.storageSize());
        return sr;
    }

    private void plug(Machine machine, Row sr, boolean attached) {
        var pbd = db.create("PBD", Identity.uuid(spec.name(), "pbd/" + machine.index() + "/" + sr.uuid()));
        db.set(pbd, "host", machine.ref());
        db.set(pbd, "SR", sr.ref());
        db.set(pbd, "currently_attached", attached);
        db.set(pbd, "device_config", Map.of("server", "storage.example", "serverpath", "/export"));
    }

    /** A disk image in a repository. */
    static Row disk(Database db, Row sr, String label, long size) {
        var vdi = db.create("VDI");
        db.set(vdi, "name_label", label);
        db.set(vdi, "SR", sr);
        db.set(vdi, "virtual_size", size);
        db.set(vdi, "physical_utilisation", size);
        db.set(vdi, "type", "user");
        db.set(vdi, "managed", true);
        db.set(vdi, "location", vdi.uuid());
        return vdi;
    }

    /** The heartbeat image of high availability in a repository. */
    static Row statefile(Database db, Row sr) {
        var vdi = disk(db, sr, "Statefile for HA", STATEFILE);
        db.set(vdi, "type", "ha_statefile");
        return vdi;
    }
}
