package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** A server that says what a test tells it to, message by message. The last thing said is said for ever. */
final class ScriptedTransport implements JsonRpcTransport {
    private final Map<String, Deque<Supplier<CompletableFuture<Response>>>> script = new HashMap<>();
    private final Deque<Document> documents = new ArrayDeque<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Map<String, String> parameters = new ConcurrentHashMap<>();

    ScriptedTransport() {
        answers("session.login_with_password", "session");
    }

    /** Adds an answer to the script of a message. */
    ScriptedTransport answers(String message, String result) {
        return says(message, "{\"jsonrpc\":\"2.0\",\"result\":\"" + result + "\",\"id\":1}");
    }

    ScriptedTransport refuses(String message, String code, String... parameters) {
        return does(message, () -> CompletableFuture.completedFuture(refusal(code, parameters)));
    }

    static Response refusal(String code, String... parameters) {
        var data = List.of(parameters).stream().map(each -> "\"" + each + "\"").toList();
        var body = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"" + code + "\",\"data\":" + data
                + "},\"id\":1}";
        return new Response(200, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Starts the script of a message again, with these futures as first answers. */
    @SafeVarargs
    final ScriptedTransport replace(String message, CompletableFuture<Response>... answers) {
        script.remove(message);
        for (var answer : answers) {
            does(message, () -> answer);
        }
        return this;
    }

    static Response result(String result) {
        return new Response(
                200, ("{\"jsonrpc\":\"2.0\",\"result\":\"" + result + "\",\"id\":1}").getBytes(StandardCharsets.UTF_8));
    }

    ScriptedTransport says(String message, String body) {
        return does(
                message,
                () -> CompletableFuture.completedFuture(new Response(200, body.getBytes(StandardCharsets.UTF_8))));
    }

    ScriptedTransport fails(String message, XapiFailure failure) {
        return does(message, () -> CompletableFuture.failedFuture(failure));
    }

    ScriptedTransport does(String message, Supplier<CompletableFuture<Response>> step) {
        script.computeIfAbsent(message, key -> new ArrayDeque<>()).add(step);
        return this;
    }

    /** Adds an answer to the script of whatever is fetched. */
    synchronized ScriptedTransport finds(int status, String location, String body) {
        documents.add(new Document(status, location, body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    ScriptedTransport finds(int status, String body) {
        return finds(status, "", body);
    }

    /** {@code host:port message} of everything that was sent, {@code host:port GET path cookie} of what was fetched. */
    List<String> sent() {
        return sent;
    }

    /** The parameters that the message was sent with last, as JSON. */
    String parameters(String message) {
        return parameters.getOrDefault(message, "");
    }

    long count(String message) {
        return sent.stream().filter(each -> each.endsWith(" " + message)).count();
    }

    @Override
    public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
        var request = JsonMapper.shared().readTree(body);
        var message = request.get("method").stringValue();
        parameters.put(message, request.get("params").toString());
        sent.add(endpoint + " " + message);
        Supplier<CompletableFuture<Response>> step;
        synchronized (this) {
            var steps = script.getOrDefault(message, new ArrayDeque<>());
            if (steps.isEmpty()) {
                throw new AssertionError("nothing in the script for " + message);
            }
            step = steps.size() > 1 ? steps.removeFirst() : steps.getFirst();
        }
        return step.get();
    }

    @Override
    public synchronized CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
        sent.add(session.endpoint() + " " + fetch.name() + " " + session.cookie());
        return CompletableFuture.completedFuture(documents.size() > 1 ? documents.removeFirst() : documents.getFirst());
    }

    @Override
    public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
        return CompletableFuture.completedFuture("f".repeat(64));
    }
}
