package io.xenpatch.simulator.model;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which rows changed in which order. A generation is one change; it starts again when the coordinator's toolstack does. */
public final class Changes {
    private static final int DELETIONS_KEPT = 20_000;

    private final NavigableMap<Long, Row> live = new TreeMap<>();
    private final NavigableMap<Long, Row> deleted = new TreeMap<>();
    private long generation;

    long next() {
        return ++generation;
    }

    /** Counts from the beginning again, as a toolstack that starts does: older tokens mean nothing any more. */
    public void restart() {
        var rows = java.util.List.copyOf(live.values());
        live.clear();
        deleted.clear();
        generation = 0;
        for (var row : rows) {
            row.created(next());
            live.put(row.changedAt(), row);
        }
    }

    /** The generation of the latest change. */
    public long generation() {
        return generation;
    }

    void added(Row row) {
        live.put(row.changedAt(), row);
    }

    void touched(Row row) {
        if (live.remove(row.changedAt(), row)) {
            row.changed(next());
            live.put(row.changedAt(), row);
        }
    }

    void deleted(Row row) {
        live.remove(row.changedAt(), row);
        row.changed(next());
        deleted.put(row.changedAt(), row);
        if (deleted.size() > DELETIONS_KEPT) {
            deleted.pollFirstEntry();
        }
    }

    /** Rows that appeared or changed after a generation, in the order of their last change. */
    public Collection<Row> liveAfter(long token) {
        return live.tailMap(token, false).values();
    }

    /** Rows that went away after a generation. */
    public Collection<Row> deletedAfter(long token) {
        return deleted.tailMap(token, false).values();
    }
}
