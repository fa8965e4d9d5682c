package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import java.util.List;

/** {@code pool_update} records: introduce, clean, destroy. */
final class UpdateRecords {
    private final World world;

    UpdateRecords(World world) {
        this.world = world;
    }

    void register(MethodTable table) {
        table.answer("pool_update.introduce", this::introduce);
        table.does("pool_update.pool_clean", this::clean);
        table.does("pool_update.destroy", this::destroy);
    }

    private Database db() {
        return world.db();
    }

    /** The image is not read: its label is the name of the update, its uuid the update's. */
    private String introduce(Invocation call) {
        var vdi = call.row(0, "VDI");
        for (var known : db().all("pool_update")) {
            if (known.text("vdi").equals(vdi.ref())) {
                return known.ref();
            }
        }
        if (vdi.number("virtual_size") == 0) {
            throw ApiFailure.of("INVALID_UPDATE", "update.xml can't be read");
        }
        var update = UpdateFactory.introduce(db(), vdi.uuid(), vdi.text("name_label"), vdi.ref());
        world.note(null, JournalAction.UPDATE_INTRODUCED, update.uuid(), "");
        return update.ref();
    }

    private void clean(Invocation call) {
        var update = call.row(0, "pool_update");
        removeImage(update);
        world.note(null, JournalAction.UPDATE_CLEANED, update.uuid(), "");
    }

    private void removeImage(Row update) {
        var image = db().find("VDI", update.text("vdi"));
        if (image != null) {
            db().destroy(image);
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
