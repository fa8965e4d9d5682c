package io.xenpatch.pool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the inventory holds of a pool, as the one who wrote it last remembers: digests of all rows, and hosts in full, because
 * what changed about them is told.
 *
 * @param revision of the pool's inventory when it was so; another one means that somebody else has written since
 */
record Known(long revision, Digest pool, Map<InventoryTable, Digests> digests, Map<UUID, HostFacts> hosts) {

    /** Whether nothing has been written yet. */
    boolean isEmpty() {
        return pool.equals(Digest.NONE);
    }

    /**
     * Whether the inventory is another one than this.
     *
     * @param stored its revision a moment ago. It may be lower than ours, because we have written since
     * @param before what ours was at an earlier look: what was known then is stored by now, or was lost
     */
    boolean isContradictedBy(long stored, long before) {
        return revision < stored || stored < before;
    }

    /** Those of these rows that are not there yet, or are there otherwise. */
    List<Row> changed(InventoryTable table, List<Row> rows) {
        var known = digests.getOrDefault(table, Digests.NONE);
        return rows.stream().filter(row -> !known.hold(row)).toList();
    }

    /** The rows that are there and should not. */
    Set<UUID> gone(InventoryTable table, List<Row> rows) {
        return digests.getOrDefault(table, Digests.NONE).without(rows);
    }
}
