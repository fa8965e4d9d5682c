package io.xenpatch.simulator.model;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values by position, of which only those that were put take memory: most fields of most rows say what their class says anyway, and
 * there are millions of rows.
 */
final class SparseValues {
    /** How many positions there can be. */
    static final int MOST = 2 * Long.SIZE;

    private static final Object[] NONE = {};
    /** Places by which a row grows: one at a time would copy each row again for each of its fields. */
    private static final int STEP = 6;

    /** Which positions are taken: the lower and the upper half. Their values stand in {@code taken} in this order. */
    private long low;

    private long high;
    private Object[] taken = NONE;

    @Nullable
    Object get(int position) {
        return isTaken(position) ? taken[place(position)] : null;
    }

    void put(int position, Object value) {
        var place = place(position);
        if (!isTaken(position)) {
            take(position, place);
        }
        taken[place] = value;
    }

    private boolean isTaken(int position) {
        return (position < Long.SIZE ? low & 1L << position : high & 1L << position - Long.SIZE) != 0;
    }

    private int place(int position) {
        return position < Long.SIZE
                ? Long.bitCount(low & (1L << position) - 1)
                : Long.bitCount(low) + Long.bitCount(high & (1L << position - Long.SIZE) - 1);
    }

    private void take(int position, int place) {
        var count = count();
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, count + STEP);
        }
        System.arraycopy(taken, place, taken, place + 1, count - place);
        if (position < Long.SIZE) {
            low |= 1L << position;
        } else {
            high |= 1L << position - Long.SIZE;
        }
    }

    private int count() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    void replaceAll(UnaryOperator<Object> change) {
        for (int i = count() - 1; i >= 0; i--) {
            taken[i] = change.apply(taken[i]);
        }
    }

    /** Gives back the places that nothing has taken. */
    void trim() {
        if (count() < taken.length) {
            taken = Arrays.copyOf(taken, count());
        }
    }

    SparseValues copy() {
        var copy = new SparseValues();
        copy.low = low;
        copy.high = high;
        copy.taken = taken.clone();
        return copy;
    }
}
