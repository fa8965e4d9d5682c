package io.xenpatch.simulator.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds rows by their reference. A hash table without an object an entry, because there are millions of rows. */
final class RowIndex {
    private static final int SMALLEST = 64;

    private @Nullable Row[] rows = new @Nullable Row[SMALLEST];
    private int count;

    @Nullable
    Row find(String ref) {
        if (!Reference.isOne(ref)) {
            return null;
        }
        var high = Reference.high(ref);
        var low = Reference.low(ref);
        for (int i = home(low); ; i = next(i)) {
            var row = rows[i];
            if (row == null || row.isAt(high, low)) {
                return row;
            }
        }
    }

    boolean holds(Row row) {
        var i = home(row.hash());
        while (rows[i] != null && rows[i] != row) {
            i = next(i);
        }
        return rows[i] != null;
    }

    void add(Row row) {
        if (4 * (count + 1) > 3 * rows.length) {
            grow();
        }
        insert(row);
        count++;
    }

    private void grow() {
        var before = rows;
        rows = new @Nullable Row[2 * before.length];
        for (var row : before) {
            if (row != null) {
                insert(row);
            }
        }
    }

    private void insert(Row row) {
        var i = home(row.hash());
        while (rows[i] != null) {
            i = next(i);
        }
        rows[i] = row;
    }

    /** Takes a row out and puts those that follow without a gap where they are found without it. */
    void remove(Row row) {
        var i = home(row.hash());
        while (rows[i] != row) {
            if (rows[i] == null) {
                return;
            }
            i = next(i);
        }
        rows[i] = null;
        count--;
        for (int j = next(i); rows[j] != null; j = next(j)) {
            var moved = Objects.requireNonNull(rows[j]);
            rows[j] = null;
            insert(moved);
        }
    }

    /** The bits of a reference are random already. */
    private int home(long hash) {
        return (int) hash & rows.length - 1;
    }

    private int next(int i) {
        return i + 1 & rows.length - 1;
    }
}
