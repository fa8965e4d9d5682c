package io.xenpatch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The HTTP API of a service. */
final class Service {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Pattern POOL = Pattern.compile(
            "\\{\"uuid\":\"([^\"]+)\",\"name\":.*?\"connection\":\\{\"state\":\"([A-Z_]+)\",\"since\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
    private static final int CREATED = 201;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;

    Service(int port) {
        this.root = "http://127.0.0.1:" + port;
    }

    /** Waits until it is ready. */
    void awaitReady(Duration limit) throws InterruptedException {
        var start = System.nanoTime();
        while (!isReady()) {
            if (Probe.seconds(start) > limit.toSeconds()) {
                throw new IllegalStateException("The service at " + root + " is not ready: see target/bench");
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(request("/actuator/health/readiness").GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void register(Pool pool) throws IOException, InterruptedException {
        var body = "{\"address\":\"" + pool.address() + "\",\"username\":\"" + pool.username() + "\",\"password\":\""
                + pool.password() + "\"}";
        var answer = send(request("/api/v1/pools")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != CREATED) {
            throw new IOException("Registering " + pool.address() + ": " + answer.body());
        }
    }

    /** Whether the list of hosts shows a name in a pool. */
    boolean shows(Pool pool, String hostName) throws IOException, InterruptedException {
        return get("/api/v1/hosts?poolUuid=" + pool.uuid()).contains("\"name\":\"" + hostName + '"');
    }

    /** How every pool is reached. */
    Map<String, Connection> pools() throws IOException, InterruptedException {
        var pools = new LinkedHashMap<String, Connection>();
        var cursor = "";
        while (true) {
            var page = get("/api/v1/pools?limit=200" + cursor);
            POOL.matcher(page)
                    .results()
                    .forEach(found -> pools.put(
                            found.group(1), new Connection(found.group(2), Instant.parse(found.group(3)))));
            var next = NEXT.matcher(page);
            if (!next.find()) {
                return pools;
            }
            cursor = "&cursor=" + next.group(1);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        var answer = send(request(path).GET());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** @param state since when it is so, by the service's clock, which is the bench's */
    record Connection(String state, Instant since) {}
}
