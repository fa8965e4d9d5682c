package io.xenpatch.xen;

import java.time.Duration;
import java.time.Instant;

/**
 * How a host's clock stands, measured by {@code host.get_servertime}.
 *
 * @param offset to our clock at half the round trip; positive when the host's is ahead. XAPI tells whole seconds
 * @param uncertainty half the round trip: the host may have looked at its clock at any moment of it
 */
public record HostClock(Duration offset, Duration uncertainty) {

    /**
     * What an answer tells.
     *
     * @param sent our clock when it was asked
     * @param told the host's clock
     * @param received our clock when the answer was there
     */
    public static HostClock measured(Instant sent, Instant told, Instant received) {
        Duration half = Duration.between(sent, received).dividedBy(2);
        return new HostClock(Duration.between(sent.plus(half), told), half);
    }

    /** By how much two clocks differ at least, whenever within the round trips they were read; never negative. */
    public Duration differsFrom(HostClock other) {
        Duration sure = offset.minus(other.offset).abs().minus(uncertainty).minus(other.uncertainty);
        return sure.isNegative() ? Duration.ZERO : sure;
    }
}
