package io.xenpatch.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain JSON-RPC client for tests. It trusts every certificate and remembers the last it saw. */
public final class SimulatedClient {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final TrustAnyCertificate trust = new TrustAnyCertificate();
    private final HttpClient http;
    private final String base;
    private final PoolDescription pool;
    private final Duration longest;
    private String session = "";

    public SimulatedClient(PoolDescription pool, String address) {
        this(pool, address, LONGEST);
    }

    /** @param longest how long it waits for an answer */
    SimulatedClient(PoolDescription pool, String address, Duration longest) {
        this.pool = pool;
        this.longest = longest;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trust.context())
                .build();
        var port = pool.address().substring(pool.address().indexOf(':'));
        this.base = (pool.tlsFingerprint().isEmpty() ? "http://" : "https://") + address + port;
    }

    /** Logged in at the coordinator. */
    public static SimulatedClient of(PoolDescription pool) {
        return new SimulatedClient(pool, "127.0.0.1").login();
    }

    SimulatedClient login() {
        return login(pool.username(), pool.password());
    }

    private SimulatedClient login(String user, String password) {
        session =
                raw("session.login_with_password", user, password).get("result").stringValue();
        return this;
    }

    /** Another client, logged in as somebody else. */
    SimulatedClient as(String user, String password) {
        return new SimulatedClient(pool, "127.0.0.1").login(user, password);
    }

    String session() {
        return session;
    }

    X509Certificate certificate() {
        return trust.last();
    }

    /** The whole answer to a call without session. */
    JsonNode raw(String method, Object... params) {
        return post(body(method, List.of(params)));
    }

    JsonNode post(String body) {
        var response = send("/jsonrpc", body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    public HttpResponse<String> send(String path, String body) {
        return exchange(request(path, body));
    }

    /** Puts bytes with the session as a cookie. */
    HttpResponse<String> put(String path, HttpRequest.BodyPublisher body) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LONGEST)
                .header("Cookie", "session_id=" + session)
                .PUT(body)
                .build());
    }

    public HttpResponse<String> get(String path) {
        return exchange(
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST).build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Unreachable(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(longest)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String body(String method, List<?> params) {
        var body = new LinkedHashMap<String, Object>();
        body.put("jsonrpc", "2.0");
        body.put("method", method);
        body.put("params", params);
        body.put("id", 7);
        return MAPPER.writeValueAsString(body);
    }

    private List<Object> withSession(Object... params) {
        var all = new ArrayList<Object>();
        all.add(session);
        all.addAll(List.of(params));
        return all;
    }

    /** The value of a call that succeeds. */
    public JsonNode call(String method, Object... params) {
        var answer = post(body(method, withSession(params)));
        if (!answer.has("result")) {
            throw new AssertionError(method + ": " + answer);
        }
        return answer.get("result");
    }

    String text(String method, Object... params) {
        return call(method, params).stringValue();
    }

    /** Code and parameters of a call that fails. */
    List<String> failure(String method, Object... params) {
        var answer = post(body(method, withSession(params)));
        if (!answer.has("error")) {
            throw new AssertionError(method + " succeeded: " + answer);
        }
        var error = answer.get("error");
        var words = new ArrayList<String>();
        if (error.isArray()) {
            error.forEach(word -> words.add(word.stringValue()));
        } else {
            words.add(error.get("message").stringValue());
            error.get("data").forEach(word -> words.add(word.stringValue()));
        }
        return words;
    }

    CompletableFuture<JsonNode> callLater(String method, Object... params) {
        return http.sendAsync(
                        request("/jsonrpc", body(method, withSession(params))), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> MAPPER.readTree(response.body()));
    }

    /** Reference of the only object of a class with a label. */
    String named(String className, String label) {
        return call(className + ".get_by_name_label", label).get(0).stringValue();
    }

    /** Reference of a host of the pool, counted from 0. */
    public String host(int index) {
        return text("host.get_by_uuid", pool.hosts().get(index).uuid());
    }

    /** All records of a class, by reference. */
    Map<String, Map<String, Object>> records(String className) {
        return MAPPER.convertValue(call(className + ".get_all_records"), new TypeReference<>() {});
    }

    Map<String, String> map(String method, Object... params) {
        var map = new LinkedHashMap<String, String>();
        call(method, params)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().stringValue()));
        return map;
    }

    /** The connection broke before an answer. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(IOException cause) {
            super(cause);
        }
    }
}
