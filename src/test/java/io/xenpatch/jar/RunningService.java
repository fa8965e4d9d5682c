package io.xenpatch.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.PoolDescription;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that answers, and its HTTP API. */
final class RunningService {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JarProcess process;
    private final String root;

    private RunningService(JarProcess process, int port) {
        this.process = process;
        this.root = "http://127.0.0.1:" + port;
    }

    /** Waits until it answers. */
    static RunningService ready(JarProcess process) {
        var port = Integer.parseInt(process.awaitOutput(PORT).group(1));
        var service = new RunningService(process, port);
        await("the service is ready").atMost(JarProcess.PATIENCE).until(service::isReady);
        return service;
    }

    JarProcess process() {
        return process;
    }

    boolean isReady() {
        return process.isAlive() && status("/actuator/health/readiness") == 200;
    }

    /** Registers the first pool of a simulator and waits until its inventory is there. @return its uuid */
    String register(PoolDescription pool) {
        return register(pool.address(), pool);
    }

    /** Registers a pool at an address of one's own writing. */
    String register(String address, PoolDescription pool) {
        var registered =
                post("/pools", Map.of("address", address, "username", pool.username(), "password", pool.password()));
        return registered.get("uuid").stringValue();
    }

    /** Uploads an image of so many bytes. @return the update */
    JsonNode upload(String pool, long size, InputStream image) {
        var body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> image), size);
        return send(request("/api/v1/pools/" + pool + "/updates")
                .header("Content-Type", "application/octet-stream")
                .POST(body)
                .build());
    }

    /** What names the update of this name in a request. */
    Map<String, ?> image(String pool, String update) {
        return items("/pools/" + pool + "/updates").stream()
                .filter(known -> known.get("name").stringValue().equals(update))
                .map(known -> Map.of("uuid", known.get("uuid").stringValue()))
                .findFirst()
                .orElseThrow();
    }

    /** @param update as in a request. @return the job's id */
    String startJob(String pool, Map<String, ?> update) {
        return post("/update-jobs", Map.of("targets", List.of(Map.of("poolUuid", pool)), "update", update))
                .get("id")
                .stringValue();
    }

    /** Uuids of the guests of a pool, each with that of the host that it runs on. */
    Map<String, String> guestsOf(String pool) {
        var places = new TreeMap<String, String>();
        for (var host : items("/hosts?poolUuid=" + pool)) {
            var uuid = host.get("uuid").stringValue();
            items("/hosts/" + uuid + "/vms")
                    .forEach(vm -> places.put(vm.get("uuid").stringValue(), uuid));
        }
        return places;
    }

    /** The items of a list that fits on one page. */
    List<JsonNode> items(String path) {
        var page = get(path);
        assertThat(page.get("nextCursor").isNull())
                .as("%s fits on one page", path)
                .isTrue();
        return page.get("items").valueStream().toList();
    }

    /** @param path below {@code /api/v1} */
    JsonNode get(String path) {
        return send(request("/api/v1" + path).GET().build());
    }

    /** @param path below {@code /api/v1} */
    JsonNode post(String path, Map<String, ?> body) {
        return send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    /** What a request is answered with; 0 = not at all. @param path from the root */
    int status(String path) {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode send(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as("%s: %s", request, response.body())
                    .isBetween(200, 299);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(request + " got no answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWERS_WITHIN);
    }
}
