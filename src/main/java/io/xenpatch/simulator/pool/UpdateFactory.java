package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Introduces the updates of a scenario, with their images and their mirrors for old clients. */
final class UpdateFactory {
    private static final Duration SINCE_LAST_START = Duration.ofHours(1);
    private static final Duration BEFORE_LAST_START = PoolFactory.UP_FOR.plusHours(1);

    private final Database db;
    private final PoolScenario spec;
    private final List<Machine> machines;
    private final StorageFactory storage;
    private final Instant now;

    UpdateFactory(Database db, PoolScenario spec, List<Machine> machines, StorageFactory storage, Instant now) {
        this.now = now;
        this.db = db;
        this.spec = spec;
        this.machines = machines;
        this.storage = storage;
    }

    void make() {
        spec.updates().forEach(this::introduce);
    }

    private void introduce(UpdateScenario wanted) {
        var vdi = wanted.hasVdi()
                ? StorageFactory.disk(db, storage.shared(), wanted.name() + ".iso", wanted.installationSize())
                        .ref()
                : Database.NULL;
        var uuid = wanted.uuid().orElseGet(() -> Identity.uuid(spec.name(), "update/" + wanted.name()));
        var update = introduce(db, uuid, wanted.name(), vdi);
        db.set(update, "name_description", wanted.description());
        db.set(update, "version", wanted.version());
        db.set(update, "installation_size", wanted.installationSize());
        db.set(update, "after_apply_guidance", wanted.guidance());
        patch(db, update).ifPresent(patch -> db.set(patch, "after_apply_guidance", wanted.guidance()));
        var hourAgo = now.minus(SINCE_LAST_START);
        for (var index : wanted.appliedOn()) {
            var isPending = wanted.rebootPendingOn().contains(index)
                    || wanted.toolstackPendingOn().contains(index);
            apply(db, update, machines.get(index).host(), isPending ? hourAgo : now.minus(BEFORE_LAST_START));
        }
        for (var index : wanted.rebootPendingOn()) {
            db.add(machines.get(index).host(), "updates_requiring_reboot", update.ref());
        }
    }

    /** A new update and its mirror {@code pool_patch}, whose uuid has bytes 4 to 7 zeroed. */
    static Row introduce(Database db, String uuid, String label, String vdi) {
        var update = db.create("pool_update", uuid);
        db.set(update, "name_label", label);
        db.set(update, "vdi", vdi);
        db.set(update, "key", "update-key");
        var patch = db.create("pool_patch", uuid.substring(0, 8) + "-0000-0000" + uuid.substring(18));
        db.set(patch, "name_label", label);
        db.set(patch, "pool_update", update.ref());
        return update;
    }

    /** A new update as its image describes it. */
    static Row introduce(Database db, UpdateImage image, Row vdi) {
        var update = introduce(db, image.uuid(), image.label(), vdi.ref());
        db.set(update, "name_description", image.description());
        db.set(update, "version", image.version());
        db.set(update, "key", image.key());
        db.set(update, "installation_size", image.installationSize());
        db.set(update, "after_apply_guidance", image.guidance());
        db.set(update, "enforce_homogeneity", image.enforceHomogeneity());
        patch(db, update).ifPresent(patch -> db.set(patch, "after_apply_guidance", image.guidance()));
        return update;
    }

    /** Notes on both sides, and in the old form, that a host has an update. */
    static void apply(Database db, Row update, Row host, Instant at) {
        db.add(host, "updates", update.ref());
        patch(db, update).ifPresent(patch -> {
            var applied = db.create("host_patch");
            db.set(applied, "host", host.ref());
            db.set(applied, "pool_patch", patch.ref());
            db.set(applied, "name_label", update.text("name_label"));
            db.set(applied, "timestamp_applied", XapiTime.print(at));
            db.set(applied, "applied", true);
        });
    }

    private static Optional<Row> patch(Database db, Row update) {
        return db.all("pool_patch").stream()
                .filter(patch -> patch.text("pool_update").equals(update.ref()))
                .findFirst();
    }
}
