package io.xenpatch.xapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to talk to a pool.
 *
 * @param endpoint where it was last found, or was registered
 * @param pins the certificates of its hosts; their endpoints are also tried when the first does not answer
 * @param expected for the first contact, when there are no pins: the fingerprint that must be presented, or null to trust
 *     whatever is (64 lower-case hex digits)
 */
public record PoolAccess(
        Endpoint endpoint,
        Credentials credentials,
        List<HostPin> pins,
        @Nullable String expected) {

    public PoolAccess {
        pins = List.copyOf(pins);
    }
}
