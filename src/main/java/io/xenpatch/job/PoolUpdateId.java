package io.xenpatch.job;

import java.util.UUID;

/** One job's work on one pool. */
record PoolUpdateId(UUID value) {

    static PoolUpdateId random() {
        return new PoolUpdateId(UUID.randomUUID());
    }

    static PoolUpdateId of(String text) {
        return new PoolUpdateId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
