package io.xenpatch.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a tick leaves: when to look again; null = the pool update has ended. */
record Tick(@Nullable Instant nextLook) {

    static final Tick ENDED = new Tick(null);

    static Tick at(Instant when) {
        return new Tick(when);
    }
}
