package io.xenpatch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Virtual time that stands still until a test moves it ({@link Simulator#advance}). */
public final class ManualClock implements SimulatorClock {
    private volatile Instant now;

    public ManualClock(Instant start) {
        now = start;
    }

    /** Moves the time; pools notice through {@link Simulator#advance}. */
    void forward(Duration length) {
        now = now.plus(length);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<Duration> realUntil(Instant moment) {
        return Optional.empty();
    }
}
