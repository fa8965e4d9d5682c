package io.xenpatch.pool;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Digests of rows by id, as two sorted arrays of numbers: those of all rows of all watched pools stay in memory. Of a digest the upper
 * half is kept: one change in 10^19 would be overlooked, and written with the next one.
 */
final class Digests {
    static final Digests NONE = new Digests(Map.of());

    /** The halves of id after id. */
    private final long[] ids;
    /** The upper halves of their digests, in the same order. */
    private final long[] digests;

    Digests(Map<UUID, Digest> byId) {
        this.ids = new long[2 * byId.size()];
        this.digests = new long[byId.size()];
        var place = 0;
        for (var id : byId.keySet().stream().sorted().toList()) {
            ids[place] = id.getMostSignificantBits();
            ids[place + 1] = id.getLeastSignificantBits();
            digests[place / 2] = byId.getOrDefault(id, Digest.NONE).high();
            place += 2;
        }
    }

    /** Whether the row is there just so. */
    boolean hold(Row row) {
        var place = place(row.id());
        return place >= 0 && digests[place / 2] == row.digest().high();
    }

    /** Ids of rows that are there but not among these. */
    Set<UUID> without(Collection<Row> rows) {
        var seen = new BitSet();
        rows.stream()
                .mapToInt(row -> place(row.id()))
                .filter(place -> place >= 0)
                .forEach(seen::set);
        var rest = new HashSet<UUID>();
        for (int place = 0; place < ids.length; place += 2) {
            if (!seen.get(place)) {
                rest.add(new UUID(ids[place], ids[place + 1]));
            }
        }
        return rest;
    }

    /** Where an id is; negative when it is not there. */
    private int place(UUID id) {
        var low = 0;
        var high = ids.length / 2 - 1;
        while (low <= high) {
            var middle = (low + high) / 2;
            var order = new UUID(ids[2 * middle], ids[2 * middle + 1]).compareTo(id);
            if (order == 0) {
                return 2 * middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digests that && Arrays.equals(ids, that.ids) && Arrays.equals(digests, that.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }
}
