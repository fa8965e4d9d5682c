package io.xenpatch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Virtual time of a simulator. */
public interface SimulatorClock {

    /** The present virtual time. */
    Instant now();

    /** Real time until a virtual moment, or empty when only somebody's hand moves this clock. */
    Optional<Duration> realUntil(Instant moment);

    /** Real time that goes {@code speed} times as fast from now on. @throws IllegalArgumentException unless above 0 */
    static SimulatorClock scaled(double speed) {
        return new ScaledClock(speed);
    }
}
