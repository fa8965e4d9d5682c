package io.xenpatch.egress;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;

/**
 * A PUT of something large, in pieces on demand.
 *
 * @param host without brackets
 * @param target path and query
 * @param headers further ones; length and host are there anyway
 * @param length bytes of the body
 * @param body is asked for a piece only when the connection can take it
 * @param fingerprints {@link Fingerprint}s of which one must be presented; unused without TLS
 * @param standstill how long nothing may move
 */
public record StreamedPut(
        String host,
        int port,
        boolean tls,
        String target,
        Map<String, String> headers,
        long length,
        Flow.Publisher<ByteBuffer> body,
        Set<String> fingerprints,
        Duration standstill) {

    public StreamedPut {
        headers = Map.copyOf(headers);
        fingerprints = Set.copyOf(fingerprints);
    }

    /** {@code host:port}, IPv6 addresses in brackets. */
    String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Where it goes, without what it carries. */
    @Override
    public String toString() {
        return "PUT of " + length + " bytes to " + authority();
    }

    /**
     * What came back.
     *
     * @param headers names in lower case
     * @param text of the answer, at most 64 KiB; empty when the body was taken
     * @param begun whether any of the body was asked for
     */
    public record Answer(int status, Map<String, String> headers, String text, boolean begun) {

        public Answer {
            headers = Map.copyOf(headers);
        }

        /** Whether the server says that it takes the body. */
        public boolean isAccepted() {
            return status / 100 == 2;
        }
    }
}
