package io.xenpatch.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.xenpatch.simulator.ManualClock;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.model.Profile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The npm client {@code xen-api} (Xen Orchestra's) works with a simulated pool. Needs Node.js; without it these tests are skipped. */
class XenApiNpmClientTests {
    private static final NpmProject CLIENT = new NpmProject("xen-api-client");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final long LONGEST_SECONDS = 25;
    private static final String NOBODY = "OpaqueRef:00000000-dead-beef-0000-000000000000";

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        var missing = CLIENT.install();
        missing.ifPresent(reason -> System.out.println("SKIPPED npm client xen-api: " + reason));
        assumeTrue(missing.isEmpty(), () -> "SKIPPED npm client xen-api: " + missing.orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "CITRIX_HYPERVISOR_8_2_1, json-rpc",
        "CITRIX_HYPERVISOR_8_2_1, xml-rpc",
        "XENSERVER_8, json-rpc",
        "XENSERVER_8, xml-rpc"
    })
    void livesWithPool(Profile profile, String transport) throws IOException {
        var pool = Scenario.pool("lab").profile(profile).hosts(3).vmsEach(2).update("LIVE");
        var settings = SimulatorSettings.manual(new ManualClock(Instant.parse("2026-11-24T06:00:00Z")));
        try (var simulator = Simulator.start(Scenario.of(pool), settings)) {
            var told = follow(simulator, transport);

            assertThat(told.toString()).doesNotContain("\"step\":\"warning\"").doesNotContain("\"step\":\"timeout\"");
            assertThat(told).containsKey("done");
            assertLists(step(told, "ready"));
            assertThat(step(told, "refused").get("code").stringValue()).isEqualTo("SESSION_AUTHENTICATION_FAILED");
            assertThat(step(told, "changed").get("host").stringValue()).isEqualTo("lab-host-3");
            assertThat(step(told, "result").get("result").stringValue()).isEqualTo("ok_livepatch_complete");
            assertThat(step(told, "cancelled").get("code").stringValue()).isEqualTo("task canceled");
            assertThat(step(told, "failed").get("code").stringValue()).isEqualTo("HANDLE_INVALID");
            assertThat(step(told, "failed").get("params").toString()).isEqualTo("[\"host\",\"" + NOBODY + "\"]");
            assertThat(step(told, "barrier").get("left").intValue()).isZero();
            assertThat(step(told, "updated").get("colour").stringValue()).isEqualTo("green");
        }
    }

    private static JsonNode step(Map<String, JsonNode> told, String name) {
        return Objects.requireNonNull(told.get(name), () -> "the client never told of " + name + ": " + told);
    }

    private static void assertLists(JsonNode ready) {
        assertThat(ready.get("coordinator").stringValue()).isEqualTo("lab-host-1");
        var records = ready.get("records");
        assertThat(Stream.of("pool", "host", "VM", "pool_update")
                        .map(type -> records.get(type).intValue()))
                .containsExactly(1, 3, 9, 1);
        assertThat(records.propertyNames()).contains("SR", "VDI", "VBD", "VIF", "PIF", "network", "PBD");
    }

    /** Reads what the client tells, the last line of each step, and does what it waits for. */
    private static Map<String, JsonNode> follow(Simulator simulator, String transport) throws IOException {
        var pool = simulator.pools().get(0);
        var script = CLIENT.start("client.mjs", url(pool), transport);
        var unused = CompletableFuture.runAsync(
                script::destroyForcibly, CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS));
        var told = new LinkedHashMap<String, JsonNode>();
        try (var lines = script.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var step = MAPPER.readTree(line);
                told.put(step.get("step").stringValue(), step);
                react(simulator, step);
            }
        } finally {
            script.destroyForcibly();
        }
        return told;
    }

    private static String url(PoolDescription pool) {
        return "https://" + pool.username() + ":" + pool.password() + "@" + pool.address();
    }

    private static void react(Simulator simulator, JsonNode step) {
        switch (step.get("step").stringValue()) {
            case "ready" -> {
                var other = SimulatedClient.of(simulator.pools().get(0));
                other.call("host.disable", other.host(2));
            }
            case "task" -> simulator.advance("migration".equals(step.get("of").stringValue()) ? STEP : REST);
            default -> {
                // it waits for nothing
            }
        }
    }
}
