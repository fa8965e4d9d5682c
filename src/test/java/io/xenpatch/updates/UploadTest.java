package io.xenpatch.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.pool.Pools;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.UpdateImages;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolUuid;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A test of uploads through the HTTP API into a simulated pool. */
@IntegrationTest
abstract class UploadTest {
    static final String UPDATE = "3f92b111-0a90-4ec6-b85a-737f241a3fc1";
    static final int SIZE = 500_000;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private TestHttp http;

    @Autowired
    private Pools pools;

    @Autowired
    private JdbcClient jdbc;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable Simulator running;

    @BeforeEach
    void forgetAll() {
        jdbc.sql("delete from pool").update();
        jdbc.sql("delete from idempotency_key").update();
        jdbc.sql("delete from event").update();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    void start(PoolScenario pool) {
        running = Simulator.start(Scenario.of(pool), SimulatorSettings.atSpeed(100));
        http.client()
                .post()
                .uri("/api/v1/pools")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(
                        "address", pool().address(),
                        "username", pool().username(),
                        "password", pool().password()))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    Simulator simulator() {
        return Objects.requireNonNull(running);
    }

    PoolDescription pool() {
        return simulator().pools().get(0);
    }

    PoolUuid uuid() {
        return PoolUuid.of(pool().poolUuid());
    }

    XapiPool connection() {
        return pools.connection(uuid());
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    TestHttp http() {
        return http;
    }

    static byte[] image(String uuid, String name) {
        return UpdateImages.image(uuid, name, SIZE);
    }

    Answer upload(byte[] bytes) {
        return upload(null, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    Answer upload(@Nullable String key, BodyPublisher body) {
        var request = HttpRequest.newBuilder(
                        URI.create(http.baseUrl() + "/api/v1/pools/" + pool().poolUuid() + "/updates"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/octet-stream")
                .POST(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the service to forget the pool as it is now. */
    Answer forget() {
        var address = URI.create(http.baseUrl() + "/api/v1/pools/" + pool().poolUuid());
        try {
            var present = client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
            var request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("If-Match", present.headers().firstValue("ETag").orElseThrow())
                    .DELETE();
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        var body = http.client()
                .get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JSON.readTree(Objects.requireNonNull(body));
    }

    List<JournalAction> actions() {
        return simulator().journal(pool().poolUuid()).stream()
                .map(JournalEntry::action)
                .toList();
    }

    /** The clean-up is under way when the answer comes, not done. */
    void awaitNoImageLeft() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(actions())
                    .filteredOn(JournalAction.VDI_DESTROYED::equals)
                    .isNotEmpty();
            assertThat(jdbc.sql("select count(*) from update_upload where not cleared")
                            .query(Long.class)
                            .single())
                    .isZero();
        });
        var left = actions().stream().filter(JournalAction.VDI_CREATED::equals).count()
                - actions().stream().filter(JournalAction.VDI_DESTROYED::equals).count();
        assertThat(left).as("images of uploads that failed").isZero();
    }

    /** What happened, newest last. */
    List<String> events() {
        return jdbc.sql("select type from event where type like 'update.%' and pool_uuid = :pool order by id")
                .param("pool", uuid().value())
                .query(String.class)
                .list();
    }

    /** @param body of the answer */
    record Answer(int status, JsonNode body) {

        /** {@code <status> <slug>} of a problem, else the status. */
        String outcome() {
            return status < 400
                    ? String.valueOf(status)
                    : status + " " + body.path("type").asString().replace("/problems/", "");
        }
    }
}
