package io.xenpatch.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A question for a document.
 *
 * @param address {@code https} or {@code http}; what its query holds may be a secret
 * @param headers further ones
 * @param largest bytes of the body
 * @param longest for all of it, the connection included
 * @param fingerprints {@link Fingerprint}s of which one must be presented; empty = a certificate that an authority which the JDK
 *     trusts has signed for this name. Unused without TLS.
 */
public record DocumentRequest(
        URI address, Map<String, String> headers, long largest, Duration longest, Set<String> fingerprints) {

    public DocumentRequest {
        headers = Map.copyOf(headers);
        fingerprints = Set.copyOf(fingerprints);
    }

    /** Where it goes, without what may be secret. */
    @Override
    public String toString() {
        return "GET from " + address.getHost();
    }
}
