package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.Fingerprint;
import io.xenpatch.egress.StreamedPut;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** JSON-RPC over the process' HTTP client. The request head stays far below XAPI's limit of 1024 bytes. */
final class HttpTransport implements JsonRpcTransport {
    /** The client's own limit ends with the head of the answer; this much later the whole exchange is given up. */
    private static final Duration GRACE = Duration.ofMillis(100);

    /** Bytes; far more than the largest pool has to say. */
    private static final long LONGEST_ANSWER = 256L << 20;

    private final Egress egress;

    HttpTransport(Egress egress) {
        this.egress = egress;
    }

    @Override
    public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
        var request = HttpRequest.newBuilder(
                        URI.create((endpoint.tls() ? "https://" : "http://") + endpoint + "/jsonrpc"))
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("User-Agent", "xenpatch")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var exchange = egress.send(request, head -> new LimitedBody(LONGEST_ANSWER), accepted);
        var answer = exchange.thenApply(response -> checked(endpoint, accepted, response))
                .orTimeout(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        return answer.exceptionallyCompose(failure -> {
            exchange.cancel(true);
            return CompletableFuture.failedFuture(WireFailure.toXapi(endpoint, failure));
        });
    }

    private static Response checked(Endpoint endpoint, Set<String> accepted, HttpResponse<byte[]> response) {
        if (endpoint.tls()) {
            judge(endpoint, accepted, presented(response));
        }
        return new Response(response.statusCode(), response.body());
    }

    /** Egress lets no other connection carry a request; should one do so all the same, its answer is not believed. */
    static void judge(Endpoint endpoint, Set<String> accepted, String presented) {
        if (!accepted.contains(presented)) {
            throw new XapiFailure.CertificateRefused(
                    endpoint + " answered with a certificate that is not accepted there", presented, true);
        }
    }

    private static String presented(HttpResponse<byte[]> response) {
        try {
            var session = response.sslSession();
            return session.isEmpty() ? "" : Fingerprint.of(session.get().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return "";
        }
    }

    @Override
    public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
        return egress.presentedBy(endpoint.host(), endpoint.port(), limit)
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(WireFailure.beforeSending(endpoint, failure)));
    }

    @Override
    public CompletableFuture<StreamedPut.Answer> stream(StreamedPut put) {
        return egress.stream(put);
    }
}
