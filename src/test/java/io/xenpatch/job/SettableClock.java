package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class SettableClock implements InstantSource {
    private Instant now;

    SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration time) {
        now = now.plus(time);
    }
}
