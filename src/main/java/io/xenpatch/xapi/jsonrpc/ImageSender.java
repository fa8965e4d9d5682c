package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.StreamedPut;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.ImageContent;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes one image through {@code PUT /import_raw_vdi} (xapi.md §2.3). The session is a cookie: it stands in no address, which others
 * may log. What fails before the content is begun is tried again where that helps: with a new session, or at another host.
 */
final class ImageSender {
    private static final int TURNS = 3;
    private static final int MOVED = 302;
    private static final int UNAUTHORISED = 401;

    private final JsonRpcTransport transport;
    private final Connection connection;
    private final Duration loginLimit;
    private final String target;
    private final ImageContent content;
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    ImageSender(
            JsonRpcTransport transport,
            Connection connection,
            Duration loginLimit,
            VdiUuid vdi,
            XapiTaskRef task,
            ImageContent content) {
        this.transport = transport;
        this.connection = connection;
        this.loginLimit = loginLimit;
        this.target = "/import_raw_vdi?vdi=" + vdi + "&format=raw&task_id="
                + URLEncoder.encode(task.value(), StandardCharsets.UTF_8);
        this.content = content;
    }

    CompletableFuture<Void> send() {
        var sent = login(1);
        var unused = sent.whenComplete((done, failure) -> {
            if (sent.isCancelled()) {
                cancelled.complete(null);
            }
        });
        return sent;
    }

    private CompletableFuture<Void> login(int turn) {
        return connection
                .sessions()
                .get(Deadline.in(loginLimit))
                .thenCompose(session -> sendTo(session.endpoint(), session, turn));
    }

    private CompletableFuture<Void> sendTo(Endpoint endpoint, Session session, int turn) {
        var put = new StreamedPut(
                endpoint.host(),
                endpoint.port(),
                endpoint.tls(),
                target,
                Map.of("Cookie", session.cookie(), "User-Agent", "xenpatch"),
                content.length(),
                content.pieces(),
                connection.trust().acceptedAt(endpoint),
                content.standstill());
        var stream = transport.stream(put);
        var unused = cancelled.thenRun(() -> stream.cancel(true));
        return stream.exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(WireFailure.toXapi(endpoint, failure)))
                .thenCompose(answer -> judge(answer, endpoint, session, turn));
    }

    private CompletableFuture<Void> judge(StreamedPut.Answer answer, Endpoint endpoint, Session session, int turn) {
        if (answer.isAccepted()) {
            return CompletableFuture.completedFuture(null);
        }
        var mayTurn = !answer.begun() && turn < TURNS;
        var elsewhere = answer.status() == MOVED
                ? HandlerPage.host(answer.headers().getOrDefault("location", ""))
                : Optional.<String>empty();
        if (mayTurn && elsewhere.isPresent()) {
            return sendTo(endpoint.at(elsewhere.get()), session, turn + 1);
        }
        if (mayTurn && answer.status() == UNAUTHORISED) {
            connection.sessions().drop(session);
            return login(turn + 1);
        }
        return CompletableFuture.failedFuture(refused(answer, endpoint));
    }

    private static XapiFailure refused(StreamedPut.Answer answer, Endpoint endpoint) {
        return HandlerPage.apiError(answer.text())
                .<XapiFailure>map(refused -> refused)
                .orElseGet(() ->
                        new XapiFailure.AnswerLost(endpoint + " answers import_raw_vdi with HTTP " + answer.status()));
    }
}
