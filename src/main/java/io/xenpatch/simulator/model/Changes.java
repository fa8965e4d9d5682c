package io.xenpatch.simulator.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Which rows changed in which order. A generation is one change; it starts again when the coordinator's toolstack does. */
public final class Changes {
    /** So many deletions of one class are told; one more, and only the latest of them are (xapi's db_cache_types). */
    private static final int DELETIONS_KEPT = 511;

    private static final int LATEST_DELETIONS = 256;

    /** The ends of the chain of rows that exist, in the order of their last change. */
    private @Nullable Row first;

    private @Nullable Row last;
    private final Map<XapiClass, Deque<Row>> deleted = new HashMap<>();
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private long generation;

    /** The number of the change that happens now. Whoever waits for one is told. */
    long next() {
        generation++;
        tell();
        return generation;
    }

    /** Counts from the beginning again, as a toolstack that starts does: older tokens mean nothing any more. */
    public void restart() {
        deleted.clear();
        generation = 0;
        for (var row = first; row != null; row = row.later) {
            row.created(++generation);
        }
        tell();
    }

    /** The generation of the latest change. */
    public long generation() {
        return generation;
    }

    /** Runs something, once, when the next change happens. It must not change anything itself. */
    public void onNext(Runnable listener) {
        waiting.add(listener);
    }

    /** Does not run it any more. */
    public void forget(Runnable listener) {
        waiting.remove(listener);
    }

    private void tell() {
        if (!waiting.isEmpty()) {
            var told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(Runnable::run);
        }
    }

    void added(Row row) {
        row.earlier = last;
        if (last == null) {
            first = row;
        } else {
            last.later = row;
        }
        last = row;
    }

    void touched(Row row) {
        if (isLinked(row)) {
            unlink(row);
            row.changed(next());
            added(row);
        }
    }

    private boolean isLinked(Row row) {
        return row == first || row.earlier != null;
    }

    private void unlink(Row row) {
        if (row.earlier == null) {
            first = row.later;
        } else {
            row.earlier.later = row.later;
        }
        if (row.later == null) {
            last = row.earlier;
        } else {
            row.later.earlier = row.earlier;
        }
        row.earlier = null;
        row.later = null;
    }

    void deleted(Row row) {
        if (isLinked(row)) {
            unlink(row);
        }
        row.changed(next());
        remember(row);
    }

    /** What is forgotten here nobody is told: listeners find out by counting what is left. */
    private void remember(Row row) {
        var gone = deleted.computeIfAbsent(row.type(), type -> new ArrayDeque<>());
        if (gone.size() == DELETIONS_KEPT) {
            while (gone.size() > LATEST_DELETIONS) {
                gone.removeFirst();
            }
        }
        gone.add(row);
    }

    /** Rows that appeared or changed after a generation, in the order of their last change. */
    public Collection<Row> liveAfter(long token) {
        var rows = new ArrayList<Row>();
        for (var row = last; row != null && row.changedAt() > token; row = row.earlier) {
            rows.add(row);
        }
        Collections.reverse(rows);
        return rows;
    }

    /** Rows that went away after a generation, in this order, as far as they are remembered. */
    public Collection<Row> deletedAfter(long token) {
        return deleted.values().stream()
                .flatMap(gone -> latest(gone, token))
                .sorted(Comparator.comparingLong(Row::changedAt))
                .toList();
    }

    private static Stream<Row> latest(Deque<Row> gone, long token) {
        Iterable<Row> latestFirst = gone::descendingIterator;
        return StreamSupport.stream(latestFirst.spliterator(), false).takeWhile(row -> row.changedAt() > token);
    }
}
