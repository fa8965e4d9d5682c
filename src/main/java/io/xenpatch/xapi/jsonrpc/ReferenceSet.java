package io.xenpatch.xapi.jsonrpc;

import java.util.HashSet;
import java.util.Set;

/**
 * References of which nothing but that they are there has to be known. Of each only 64 of its 128 random bits are kept: two of a pool
 * that have them in common are not to be expected in the lifetime of any. Not thread-safe.
 */
final class ReferenceSet {
    private static final int SMALLEST = 8;
    private static final long FREE = 0;

    private long[] bits = new long[SMALLEST];
    private int count;
    /** References that are spelt in another way. */
    private final Set<String> others = new HashSet<>(0);

    boolean contains(Reference ref) {
        return ref.other() == null ? bits[place(mark(ref))] != FREE : others.contains(ref.other());
    }

    /** @return whether it was not there before */
    boolean add(Reference ref) {
        if (ref.other() != null) {
            return others.add(ref.other());
        }
        var mark = mark(ref);
        if (bits[place(mark)] != FREE) {
            return false;
        }
        if (4 * ++count > 3 * bits.length) {
            grow();
        }
        bits[place(mark)] = mark;
        return true;
    }

    private void grow() {
        var former = bits;
        bits = new long[former.length + former.length / 2];
        for (var mark : former) {
            if (mark != FREE) {
                bits[place(mark)] = mark;
            }
        }
    }

    /** @return whether it was there */
    boolean remove(Reference ref) {
        if (ref.other() != null) {
            return others.remove(ref.other());
        }
        var gap = place(mark(ref));
        if (bits[gap] == FREE) {
            return false;
        }
        count--;
        bits[gap] = FREE;
        // those that follow without a gap may have been pushed on by this one
        for (int i = next(gap); bits[i] != FREE; i = next(i)) {
            var pushed = bits[i];
            bits[i] = FREE;
            bits[place(pushed)] = pushed;
        }
        return true;
    }

    int size() {
        return count + others.size();
    }

    /** Never {@link #FREE}. */
    private static long mark(Reference ref) {
        var mark = ref.high() * 31 + ref.low();
        return mark == FREE ? 1 : mark;
    }

    /** Where a mark is, or would be. */
    private int place(long mark) {
        var place = Math.floorMod(Long.hashCode(mark), bits.length);
        while (bits[place] != FREE && bits[place] != mark) {
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return place + 1 == bits.length ? 0 : place + 1;
    }
}
