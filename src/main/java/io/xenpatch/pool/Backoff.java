package io.xenpatch.pool;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double up to a longest one, each shortened by chance by up to a half, so that pools don't come all at once. */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        var pause = next;
        next = shorter(pause.multipliedBy(2));
        return Duration.ofNanos((long) (pause.toNanos() * (1 - random.nextDouble() / 2)));
    }

    void reset() {
        next = first;
    }

    private Duration shorter(Duration pause) {
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
