package io.xenpatch.pool;

import io.xenpatch.TestHttp;
import io.xenpatch.simulator.PoolDescription;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls on pools, and what they answered. */
final class PoolApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final TestHttp http;

    PoolApi(TestHttp http) {
        this.http = http;
    }

    Answer register(PoolDescription pool) {
        return register(pool.address(), pool.username(), pool.password(), null);
    }

    Answer register(String address, String username, String password, @Nullable String fingerprint) {
        var body = new HashMap<String, Object>();
        body.put("address", address);
        body.put("username", username);
        body.put("password", password);
        body.put("tlsFingerprint", fingerprint);
        body.put("labels", Map.of("env", "test"));
        return send(HttpMethod.POST, "/api/v1/pools", null, body);
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, null, null);
    }

    Answer patch(String pool, @Nullable String ifMatch, Map<String, ?> body) {
        return send(HttpMethod.PATCH, "/api/v1/pools/" + pool, ifMatch, body);
    }

    Answer delete(String pool, @Nullable String ifMatch) {
        return send(HttpMethod.DELETE, "/api/v1/pools/" + pool, ifMatch, null);
    }

    Answer send(HttpMethod method, String path, @Nullable String ifMatch, @Nullable Object body) {
        var request = http.client().method(method).uri(path);
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var result = request.exchange().expectBody(String.class).returnResult();
        var text = result.getResponseBody();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders().getETag(),
                result.getResponseHeaders().getFirst("Location"),
                text == null ? "" : text);
    }

    record Answer(
            int status, @Nullable String etag, @Nullable String location, String text) {

        JsonNode body() {
            return JSON.readTree(text);
        }

        /** {@code <status> <slug>} of a problem, else the status. */
        String outcome() {
            return status < 400
                    ? String.valueOf(status)
                    : status + " " + body().path("type").asString();
        }
    }
}
