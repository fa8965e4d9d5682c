package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a pool: its public identifier (P3.4). */
public record PoolUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static PoolUuid of(String text) {
        return new PoolUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
