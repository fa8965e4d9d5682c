package io.xenpatch.xapi.jsonrpc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records by reference. References are kept as the 128 bits that they spell, in an array: those of a thousand pools would otherwise
 * take more memory than what the records say. Not thread-safe.
 */
final class RecordTable {
    private static final int SMALLEST = 8;

    /** Two a place. */
    private long[] bits = new long[2 * SMALLEST];

    private @Nullable Object[] records = new @Nullable Object[SMALLEST];
    private int count;
    /** References that are spelt in another way. */
    private final Map<String, Object> others = new HashMap<>(0);

    @Nullable
    Object get(Reference ref) {
        return ref.other() == null ? records[place(ref.high(), ref.low())] : others.get(ref.other());
    }

    /** @return what was there before */
    @Nullable
    Object put(Reference ref, Object record) {
        if (ref.other() != null) {
            return others.put(ref.other(), record);
        }
        var place = place(ref.high(), ref.low());
        var before = records[place];
        if (before == null && 4 * ++count > 3 * records.length) {
            grow();
            place = place(ref.high(), ref.low());
        }
        fill(place, ref.high(), ref.low(), record);
        return before;
    }

    private void fill(int place, long high, long low, Object record) {
        bits[2 * place] = high;
        bits[2 * place + 1] = low;
        records[place] = record;
    }

    private void grow() {
        var formerBits = bits;
        var former = records;
        var size = former.length + former.length / 2;
        bits = new long[2 * size];
        records = new @Nullable Object[size];
        for (int i = 0; i < former.length; i++) {
            refill(formerBits[2 * i], formerBits[2 * i + 1], former[i]);
        }
    }

    private void refill(long high, long low, @Nullable Object record) {
        if (record != null) {
            fill(place(high, low), high, low, record);
        }
    }

    /** @return what was there */
    @Nullable
    Object remove(Reference ref) {
        if (ref.other() != null) {
            return others.remove(ref.other());
        }
        var gap = place(ref.high(), ref.low());
        var gone = records[gap];
        if (gone != null) {
            count--;
            records[gap] = null;
            // those that follow without a gap may have been pushed on by this one
            for (int i = next(gap); records[i] != null; i = next(i)) {
                var pushed = records[i];
                records[i] = null;
                refill(bits[2 * i], bits[2 * i + 1], pushed);
            }
        }
        return gone;
    }

    int size() {
        return count + others.size();
    }

    Stream<Object> records() {
        return Stream.concat(Arrays.stream(records).flatMap(Stream::ofNullable), others.values().stream());
    }

    void forEach(BiConsumer<Reference, Object> visitor) {
        for (int i = 0; i < records.length; i++) {
            var record = records[i];
            if (record != null) {
                visitor.accept(new Reference(bits[2 * i], bits[2 * i + 1], null), record);
            }
        }
        others.forEach((ref, record) -> visitor.accept(Reference.of(ref), record));
    }

    /** Where a reference is, or would be. */
    private int place(long high, long low) {
        var place = Math.floorMod(Long.hashCode(high * 31 + low), records.length);
        while (records[place] != null && (bits[2 * place] != high || bits[2 * place + 1] != low)) {
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return place + 1 == records.length ? 0 : place + 1;
    }
}
