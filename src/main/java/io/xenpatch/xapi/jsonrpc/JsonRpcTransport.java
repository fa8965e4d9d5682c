package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.StreamedPut;
import io.xenpatch.xapi.Endpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carries a request to a XAPI server once, and lets time pass between two of them. The seam for simulated faults and time.
 * Completes exceptionally with {@link io.xenpatch.xapi.XapiFailure} only; its {@code mayHaveHappened()} says whether anything can
 * have been sent.
 */
interface JsonRpcTransport {

    /**
     * @param accepted fingerprints of the certificates of which one must be presented; unused without TLS
     * @param limit for the whole exchange
     */
    CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit);

    /** The fingerprint of the certificate that is presented there; nothing is sent. Only for endpoints with TLS. */
    CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit);

    /** Fetches a document from the session's host, with the session as a cookie. */
    default CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("no documents over this transport"));
    }

    /** Sends an image. Completes exceptionally with whatever went wrong on the way. */
    default CompletableFuture<StreamedPut.Answer> stream(StreamedPut put) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("no images over this transport"));
    }

    /** Done when so much time has passed, as this transport's time goes. */
    default CompletableFuture<Void> pause(Duration length) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(length.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** What came back over HTTP. */
    record Response(int status, byte[] body) {}

    /**
     * What came back for a {@link Fetch}.
     *
     * @param location where it leads to; empty when it is no redirect
     */
    record Document(int status, String location, byte[] body) {}
}
