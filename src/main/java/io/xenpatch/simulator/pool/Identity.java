package io.xenpatch.simulator.pool;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Uuids that are the same at every start, because they are made from names. */
final class Identity {
    private Identity() {}

    static String uuid(String pool, String what) {
        return UUID.nameUUIDFromBytes(("xenpatch-simulator/" + pool + "/" + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static long seed(String pool) {
        return UUID.nameUUIDFromBytes(pool.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
    }
}
