package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.Fingerprint;
import io.xenpatch.egress.LimitedBody;
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
        var request = to(endpoint, "/jsonrpc", limit)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return exchange(endpoint, accepted, request, LONGEST_ANSWER, limit)
                .thenApply(answer -> new Response(answer.statusCode(), answer.body()));
    }

    @Override
    public CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
        var limit = fetch.deadline().left();
        var request = to(session.endpoint(), fetch.path(), limit)
                .header("Cookie", session.cookie())
                .GET()
                .build();
        return exchange(session.endpoint(), accepted, request, fetch.longest(), limit)
                .thenApply(answer -> new Document(
                        answer.statusCode(),
                        answer.headers().firstValue("Location").orElse(""),
                        answer.body()));
    }

    private static HttpRequest.Builder to(Endpoint endpoint, String path, Duration limit) {
        return HttpRequest.newBuilder(URI.create((endpoint.tls() ? "https://" : "http://") + endpoint + path))
                .timeout(limit)
                .header("User-Agent", "xenpatch");
    }

    private CompletableFuture<HttpResponse<byte[]>> exchange(
            Endpoint endpoint, Set<String> accepted, HttpRequest request, long longest, Duration limit) {
        var exchange = egress.send(request, head -> new LimitedBody(longest), accepted);
        var answer = exchange.thenApply(response -> checked(endpoint, accepted, response))
                .orTimeout(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        return answer.exceptionallyCompose(failure -> {
            exchange.cancel(true);
            return CompletableFuture.failedFuture(WireFailure.toXapi(endpoint, failure));
        });
    }

    private static HttpResponse<byte[]> checked(
            Endpoint endpoint, Set<String> accepted, HttpResponse<byte[]> response) {
        if (endpoint.tls()) {
            judge(endpoint, accepted, presented(response));
        }
        return response;
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
