package io.xenpatch.egress;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one client talks to one peer.
 *
 * @param accepted what each request under way there accepts
 * @param underWay how many requests that are
 * @param met certificates of connections that the client may still have there
 * @param lastUsed when the last request was over, in nanoseconds of the monotonic clock
 */
record PeerUse(Set<String> accepted, int underWay, Set<String> met, long lastUsed) {
    static final PeerUse NEVER = new PeerUse(Set.of(), 0, Set.of(), 0);

    /** Whether a request with this trust can only get a connection that it accepts, and leaves none that another one does not. */
    boolean fits(Set<String> wanted) {
        return underWay == 0 ? wanted.containsAll(met) : wanted.equals(accepted);
    }

    boolean accepts(String fingerprint) {
        return underWay > 0 && accepted.contains(fingerprint);
    }

    /** @param isForgotten whether all former connections are closed */
    PeerUse begun(Set<String> wanted, boolean isForgotten) {
        return new PeerUse(wanted, underWay + 1, isForgotten ? Set.of() : met, lastUsed);
    }

    PeerUse connectedTo(String fingerprint) {
        return new PeerUse(
                accepted,
                underWay,
                Stream.concat(met.stream(), Stream.of(fingerprint)).collect(Collectors.toUnmodifiableSet()),
                lastUsed);
    }

    PeerUse ended(long now) {
        return new PeerUse(accepted, underWay - 1, met, now);
    }
}
