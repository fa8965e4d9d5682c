package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.model.Row;

/** Journals what clients write into fields that matter. */
final class WriteNotes {
    private final World world;

    WriteNotes(World world) {
        this.world = world;
    }

    void note(Row row, String field) {
        var host = "host".equals(row.type().name())
                ? world.machines().find(row.ref()).orElse(null)
                : null;
        switch (row.type().name() + "." + field) {
            case "pool.live_patching_disabled" ->
                note(row, JournalAction.LIVE_PATCHING_CHANGED, String.valueOf(row.flag(field)));
            case "pool.wlb_enabled" -> note(row, JournalAction.WLB_CHANGED, String.valueOf(row.flag(field)));
            default -> {
                if ("other_config".equals(field)) {
                    var detail = row.type().name() + ": " + row.map(field);
                    world.note(host, JournalAction.OTHER_CONFIG_CHANGED, row.uuid(), detail);
                }
            }
        }
    }

    private void note(Row row, JournalAction action, String detail) {
        world.note(null, action, row.uuid(), detail);
    }
}
