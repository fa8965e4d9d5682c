package io.xenpatch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Real time, faster or slower. Starts at the real time of its making. */
final class ScaledClock implements SimulatorClock {
    private final double speed;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    ScaledClock(double speed) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be a number above 0");
        }
        this.speed = speed;
    }

    @Override
    public Instant now() {
        return startedAt.plusNanos((long) ((System.nanoTime() - startedNanos) * speed));
    }

    @Override
    public Optional<Duration> realUntil(Instant moment) {
        var virtual = Duration.between(now(), moment);
        return Optional.of(virtual.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (virtual.toNanos() / speed)));
    }
}
