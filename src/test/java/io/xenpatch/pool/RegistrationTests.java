package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.caller.Caller;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class RegistrationTests {
    private static final Duration LATER = Duration.ofSeconds(30);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private RegisteredPools registered;

    @Autowired
    private SecretBox secrets;

    @Autowired
    private Instances instances;

    @Autowired
    private Watches watches;

    @Autowired
    private InventoryWriter inventory;

    @Autowired
    private PinKeeper pins;

    @Autowired
    private PoolSettings settings;

    @Autowired
    private PoolLedger ledger;

    @Autowired
    private PoolReading reading;

    private final PoolApi api;

    RegistrationTests(@Autowired TestHttp http) {
        this.api = new PoolApi(http);
    }

    @BeforeEach
    void forgetAll() {
        jdbc.sql("delete from pool").update();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | 422 /problems/validation-failed | /address, /password, /username",
                "{'address': ' ', 'username': ' ', 'password': ''} | 422 /problems/validation-failed | /address, /password, /username",
                "{'address': 'xen1', 'username': 'LONG', 'password': 'LONG'} | 422 /problems/validation-failed | /password, /username",
                "{'address': 'root:hush@xen1', 'username': 'root', 'password': 'x'} | 422 /problems/validation-failed | /address",
                "{'address': 'ftp://xen1', 'username': 'root', 'password': 'x'} | 422 /problems/validation-failed | /address",
                "{'address': 'xen1', 'username': 'root', 'password': 'x', 'tlsFingerprint': '0a'} | 422 /problems/validation-failed | /tlsFingerprint",
                "{'address': 'xen1', 'username': 'root', 'password': 'x', 'labels': {'a/b': null}} | 422 /problems/validation-failed | /labels/a~1b",
                "{'address': 'xen1', 'username': 'root', 'password': 'x', 'labels': {'a b': ''}} | 422 /problems/validation-failed | /labels/a b",
                "{'address': 'xen1', 'username': 'root', 'password': 'x', 'colour': 'red'} | 400 /problems/malformed-request | /colour",
                "{'address': {}, 'username': 'root', 'password': 'x'} | 400 /problems/malformed-request | /address",
                "[] | 400 /problems/malformed-request |",
                "{'address': 'xen1' | 400 /problems/malformed-request |",
            })
    void refusesWhatMakesNoSenseAndNamesTheFields(String body, String outcome, @Nullable String pointers) {
        var answer = api.send(
                HttpMethod.POST, "/api/v1/pools", null, body.replace('\'', '"').replace("LONG", "x".repeat(1025)));

        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.body()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(Objects.requireNonNullElse(pointers, ""));
        assertThat(answer.text()).doesNotContain("hush", "x".repeat(1025));
        assertThat(jdbc.sql("select count(*) from pool").query(Long.class).single())
                .isZero();
    }

    /** As in a service that allows it; the one under test, as every one by default, does not. */
    @Test
    void registersAndWatchesOverPlainHttpOnlyWhereThatIsAllowed() {
        try (var simulator = Simulator.start(
                Scenario.of(Scenario.pool("plain").hosts(2)),
                SimulatorSettings.atSpeed(20).overPlainHttp())) {
            var pool = simulator.pools().get(0);
            var address = "http://" + pool.address();
            assertThat(api.register(address, pool.username(), pool.password(), null)
                            .outcome())
                    .isEqualTo("422 /problems/validation-failed");
            assertThat(api.register(pool.address(), pool.username(), pool.password(), null)
                            .outcome())
                    .as("no TLS there")
                    .isEqualTo("502 /problems/not-a-pool");

            new ApplicationContextRunner()
                    .withUserConfiguration(Rooms.class)
                    .withPropertyValues("xenpatch.xapi.allow-plain-http=true")
                    .run(allowing -> {
                        var xapi = allowing.getBean(XapiConnections.class);
                        var connections = new PoolConnections(registered, xapi, secrets, jdbc);
                        var watcher = watcherOf(UUID.fromString(pool.poolUuid()), connections);
                        watcher.start();
                        try {
                            var view = new PoolRegistration(
                                            new FirstContact(xapi),
                                            allowing.getBean(XapiProperties.class),
                                            ledger,
                                            watcher,
                                            reading)
                                    .register(
                                            Caller.system(),
                                            new NewPool(address, pool.username(), pool.password(), null, Map.of()));

                            assertThat(view.address()).isEqualTo(address);
                            assertThat(view.tlsFingerprint()).isNull();
                            assertThat(view.pins()).isEmpty();
                            var host = pool.hosts().get(1).uuid();
                            var unused = connections.of(view.uuid()).hosts().disable(HostUuid.of(host));
                            await().atMost(LATER)
                                    .until(() -> !api.get("/api/v1/hosts/" + host)
                                            .body()
                                            .path("enabled")
                                            .asBoolean());

                            // the service itself does not allow plain HTTP: taking the pool over it says so
                            watcher.stop();
                            await().atMost(LATER)
                                    .until(() -> api.get("/api/v1/pools/" + view.uuid())
                                            .body()
                                            .at("/connection/state")
                                            .asString()
                                            .equals("UNREACHABLE"));
                        } finally {
                            forgetAll();
                            watcher.stop();
                            connections.closeAll();
                        }
                    });
        }
    }

    /** A watcher to which this pool falls, whatever the service's own is called. */
    private PoolWatcher watcherOf(UUID pool, PoolConnections connections) {
        // the tables were emptied a moment ago: until the service's own watcher says again that it lives, it does not
        // count
        var others = await().atMost(LATER)
                .until(
                        () -> jdbc.sql("select id from watch_instance")
                                .query(UUID.class)
                                .list(),
                        found -> !found.isEmpty());
        while (true) {
            var candidate = new PoolWatcher(instances, connections, watches, inventory, pins, settings);
            var all = new ArrayList<>(others);
            all.add(candidate.id());
            if (Rendezvous.isOwner(candidate.id(), all, pool)) {
                return candidate;
            }
        }
    }

    /** No configuration by annotation: that would be the one of this test. */
    @ComponentScan({"io.xenpatch.egress", "io.xenpatch.xapi"})
    static class Rooms {}
}
