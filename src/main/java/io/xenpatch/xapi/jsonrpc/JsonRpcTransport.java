package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Carries a request to a XAPI server once. The seam for simulated faults. Completes exceptionally with
 * {@link io.xenpatch.xapi.XapiFailure} only; its {@code mayHaveHappened()} says whether anything can have been sent.
 */
interface JsonRpcTransport {

    /**
     * @param accepted fingerprints of the certificates of which one must be presented; unused without TLS
     * @param limit for the whole exchange
     */
    CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit);

    /** The fingerprint of the certificate that is presented there; nothing is sent. Only for endpoints with TLS. */
    CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit);

    /** What came back over HTTP. */
    record Response(int status, byte[] body) {}
}
