package io.xenpatch.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;

/** Rendezvous hashing: every instance computes the same owner of a pool, and a lost instance moves only its own pools. */
final class Rendezvous {

    private Rendezvous() {}

    /** Whether of these instances this one is to watch the pool. */
    static boolean isOwner(UUID me, Collection<UUID> instances, UUID pool) {
        return instances.stream()
                .max(Comparator.<UUID>comparingLong(instance -> weight(instance, pool))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(me::equals)
                .isPresent();
    }

    private static long weight(UUID instance, UUID pool) {
        long hash = mix(instance.getMostSignificantBits());
        hash = mix(hash ^ instance.getLeastSignificantBits());
        hash = mix(hash ^ pool.getMostSignificantBits());
        return mix(hash ^ pool.getLeastSignificantBits());
    }

    /** SplitMix64's finaliser: every bit of the input changes half of the output's. */
    private static long mix(long bits) {
        long mixed = bits + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
