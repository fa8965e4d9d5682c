package io.xenpatch.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Flow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public HTTP API of a service, as any client sees it. */
final class Api {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;

    /** @param root as {@code http://127.0.0.1:8080} */
    Api(String root) {
        this.root = root;
    }

    String root() {
        return root;
    }

    /** @throws Refused unless the answer is a success */
    Reply get(String path) {
        return send(request(path).GET().build());
    }

    /** @throws Refused unless the answer is a success */
    Reply post(String path, JsonNode body, String... headers) {
        return send(with(request(path), headers).POST(json(body)).build());
    }

    /** @throws Refused unless the answer is a success */
    Reply patch(String path, JsonNode body, String... headers) {
        return send(with(request(path), headers).method("PATCH", json(body)).build());
    }

    /** Follows everything that happens from now on: a line of the event stream each time. Ends with the service. */
    void follow(Flow.Subscriber<String> lines) {
        var request = HttpRequest.newBuilder(URI.create(root + "/api/v1/events"))
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        var unused = http.sendAsync(request, BodyHandlers.fromLineSubscriber(lines));
    }

    static JsonNode object(Map<String, ?> fields) {
        return MAPPER.valueToTree(fields);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + "/api/v1" + path))
                .timeout(LIMIT)
                .header("Accept", "application/json");
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return (headers.length == 0 ? request : request.headers(headers)).header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(JsonNode body) {
        return BodyPublishers.ofString(MAPPER.writeValueAsString(body));
    }

    private Reply send(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            var body = answer.body().isEmpty() ? MAPPER.nullNode() : MAPPER.readTree(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new Refused(request, answer.statusCode(), body);
            }
            return new Reply(body, tag(answer));
        } catch (IOException e) {
            throw new Unanswered(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(request, e);
        }
    }

    private static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    /** @param etag of the answer, "" without one */
    record Reply(JsonNode body, String etag) {}

    /** The service answered with a problem. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(HttpRequest request, int status, JsonNode problem) {
            super(request.method() + " " + request.uri().getPath() + " was answered with " + status + ": "
                    + problem.path("detail").asString(problem.path("title").asString("no problem document")));
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The service did not answer. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswered(HttpRequest request, Exception cause) {
            super(request.method() + " " + request.uri().getPath() + " was not answered: " + cause, cause);
        }
    }
}
