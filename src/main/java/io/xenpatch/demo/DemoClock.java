package io.xenpatch.demo;

import io.xenpatch.simulator.SimulatorClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A fast clock that goes on where it stood when the demo ended. */
record DemoClock(Duration ahead, SimulatorClock scaled) implements SimulatorClock {

    /** @param stoodAt virtual time of the last start's end; an earlier one than the real time is ignored */
    static DemoClock from(Instant stoodAt, double speed) {
        var scaled = SimulatorClock.scaled(speed);
        var ahead = Duration.between(scaled.now(), stoodAt);
        return new DemoClock(ahead.isNegative() ? Duration.ZERO : ahead, scaled);
    }

    @Override
    public Instant now() {
        return scaled.now().plus(ahead);
    }

    @Override
    public Optional<Duration> realUntil(Instant moment) {
        return scaled.realUntil(moment.minus(ahead));
    }
}
