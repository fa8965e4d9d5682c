package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A transport to a pool in the same thread whose calls are lost where somebody says so. */
final class DisturbedTransport implements JsonRpcTransport {
    private static final String METHOD = "\"method\":\"";

    private final JsonRpcTransport pool;
    private final VirtualPool.Wire wire;

    DisturbedTransport(JsonRpcTransport pool, VirtualPool.Wire wire) {
        this.pool = pool;
        this.wire = wire;
    }

    @Override
    public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
        String method = method(body);
        VirtualPool.Fate fate = wire.before(method);
        if (fate == VirtualPool.Fate.DROPPED) {
            return lost(endpoint);
        }
        CompletableFuture<Response> answer = pool.send(endpoint, accepted, body, limit);
        wire.after(method);
        return fate == VirtualPool.Fate.ANSWER_LOST ? lost(endpoint) : answer;
    }

    private static CompletableFuture<Response> lost(Endpoint endpoint) {
        return CompletableFuture.failedFuture(new XapiFailure.AnswerLost("no answer from " + endpoint + ": lost"));
    }

    private static String method(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        int at = text.indexOf(METHOD) + METHOD.length();
        return text.substring(at, text.indexOf('"', at));
    }

    @Override
    public CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
        return pool.fetch(session, accepted, fetch);
    }

    @Override
    public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
        return pool.presentedBy(endpoint, limit);
    }

    @Override
    public CompletableFuture<Void> pause(Duration length) {
        return pool.pause(length);
    }
}
