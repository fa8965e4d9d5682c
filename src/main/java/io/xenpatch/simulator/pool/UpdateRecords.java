package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;

/** {@code pool_update} records: introduce, clean, destroy. */
final class UpdateRecords {
    private final World world;
    private final Images images;

    UpdateRecords(World world, Images images) {
        this.world = world;
        this.images = images;
    }

    void register(MethodTable table) {
        table.slow("pool_update.introduce", this::introduce);
        table.does("pool_update.pool_clean", this::clean);
        table.does("pool_update.destroy", this::destroy);
    }

    private Database db() {
        return world.db();
    }

    private void introduce(Invocation call) {
        var vdi = call.row(0, "VDI");
        var coordinator = world.machines().coordinator();
        call.runsOn(coordinator);
        call.occupies(vdi, Images.IN_USE);
        world.agenda().in(world.length(Stage.INTRODUCE), coordinator, () -> {
            try {
                call.succeed(introduce(vdi));
            } catch (ApiFailure failure) {
                call.fail(failure);
            }
        });
    }

    private String introduce(Row vdi) {
        for (var known : db().all("pool_update")) {
            if (known.text("vdi").equals(vdi.ref())) {
                return known.ref();
            }
        }
        var image = UpdateImage.read(images.head(vdi));
        var update = db().all("pool_update").stream()
                .filter(known -> known.uuid().equals(image.uuid()))
                .findFirst()
                .map(known -> attached(known, vdi))
                .orElseGet(() -> UpdateFactory.introduce(db(), image, vdi));
        world.note(null, JournalAction.UPDATE_INTRODUCED, update.uuid(), "");
        return update.ref();
    }

    /** An update that the pool knows, whose image is gone, gets this one. */
    private Row attached(Row known, Row vdi) {
        if (db().find("VDI", known.text("vdi")) != null) {
            throw ApiFailure.of("UPDATE_ALREADY_EXISTS", known.uuid());
        }
        db().set(known, "vdi", vdi.ref());
        return known;
    }

    private void clean(Invocation call) {
        var update = call.row(0, "pool_update");
        removeImage(update);
        world.note(null, JournalAction.UPDATE_CLEANED, update.uuid(), "");
    }

    private void removeImage(Row update) {
        var image = db().find("VDI", update.text("vdi"));
        if (image != null) {
            images.destroy(image);
        }
    }

    private void destroy(Invocation call) {
        var update = call.row(0, "pool_update");
        if (!update.list("hosts").isEmpty()) {
            throw ApiFailure.of("UPDATE_IS_APPLIED");
        }
        removeImage(update);
        List.copyOf(db().all("pool_patch")).stream()
                .filter(patch -> patch.text("pool_update").equals(update.ref()))
                .forEach(db()::destroy);
        db().destroy(update);
        world.note(null, JournalAction.UPDATE_DESTROYED, update.uuid(), "");
    }
}
