package io.xenpatch.job;

import java.util.UUID;

/** An update job. */
record JobId(UUID value) {

    static JobId random() {
        return new JobId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
