package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A watched pool whose toolstacks restart: what is shown and told is what an administrator may rely on. */
@IntegrationTest
class WatchedRestartsTests {
    private static final Duration LATER = Duration.ofSeconds(60);

    @Autowired
    private Pools pools;

    @Autowired
    private JdbcClient jdbc;

    private final PoolApi api;
    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("lab").hosts(3).vmsEach(1)),
            SimulatorSettings.atSpeed(20).withDistinctCertificates());

    WatchedRestartsTests(@Autowired TestHttp http) {
        this.api = new PoolApi(http);
    }

    @BeforeEach
    void register() {
        jdbc.sql("delete from pool").update();
        assertThat(api.register(lab()).outcome()).isEqualTo("201");
        await().atMost(LATER).until(() -> isTrue("owner is not null and state = 'CONNECTED'"));
        jdbc.sql("delete from event").update();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void isConnectedAgainAfterTheCoordinatorsToolstackRestarted() {
        var before = host(0).path("toolstackStartedAt").asString();

        var unused = pools.connection(pool()).hosts().restartToolstack(hostUuid(0));

        await().atMost(LATER)
                .until(() -> !host(0).path("toolstackStartedAt").asString().equals(before));
        await().atMost(LATER).until(() -> state().equals("CONNECTED"));
        assertThat(told()).isSubsetOf("pool.changed", "pool.connected", "pool.connecting", "pool.unreachable");
        assertThat(falseClaims()).isEmpty();
    }

    @Test
    void staysConnectedWhileAMembersToolstackRestarts() {
        var before = host(1).path("toolstackStartedAt").asString();

        var unused = pools.connection(pool()).hosts().restartToolstack(hostUuid(1));

        await().atMost(LATER)
                .until(() -> !host(1).path("toolstackStartedAt").asString().equals(before)
                        && host(1).path("enabled").asBoolean());
        assertThat(state()).isEqualTo("CONNECTED");
        assertThat(told()).containsExactly("pool.changed");
        assertThat(falseClaims()).isEmpty();
    }

    @Test
    void keepsItsPinsAndFollowsWhenAnotherHostBecomesCoordinator() {
        var pins = pins();
        assertThat(Set.copyOf(pins.values())).as("every host its own").hasSize(3);
        var client = SimulatedClient.of(lab());

        client.call("pool.designate_new_master", client.host(1));

        await().atMost(LATER)
                .until(() -> shown().path("coordinatorUuid")
                        .asString()
                        .equals(hostUuid(1).toString()));
        await().atMost(LATER).until(() -> isTrue("state = 'CONNECTED'"));
        assertThat(pins()).isEqualTo(pins);
        assertThat(shown().at("/connection/tlsFingerprint").asString())
                .as("the new coordinator's")
                .isEqualTo(pins.get(hostUuid(1).toString()));
        assertThat(told())
                .isSubsetOf(
                        "pool.access-learnt", "pool.changed", "pool.connected", "pool.connecting", "pool.unreachable")
                .contains("pool.access-learnt");
        assertThat(jdbc.sql("select endpoint_host from pool")
                        .query(String.class)
                        .single())
                .isEqualTo(lab().hosts().get(1).address());
        assertThat(shown().path("address").asString()).as("as registered").isEqualTo(lab().address());

        var unused = pools.connection(pool()).hosts().disable(hostUuid(2));
        await().atMost(LATER).until(() -> !host(2).path("enabled").asBoolean());
    }

    @Test
    void findsTheSupporterThatTookOverFromADeadCoordinatorAndRemembersIt() {
        var pins = pins();

        simulator.inject(Fault.on(lab().poolUuid(), FaultKind.EMERGENCY_TAKEOVER)
                .onHost(hostUuid(2).toString()));

        await().atMost(LATER)
                .until(() -> shown().path("coordinatorUuid")
                        .asString()
                        .equals(hostUuid(2).toString()));
        await().atMost(LATER).until(() -> isTrue("state = 'CONNECTED'"));
        await().atMost(LATER)
                .until(() -> jdbc.sql("select endpoint_host from pool")
                        .query(String.class)
                        .single()
                        .equals(lab().hosts().get(2).address()));
        assertThat(pins()).as("that of the dead host too").isEqualTo(pins);
        assertThat(told()).contains("pool.access-learnt").doesNotContain("pool.certificate-changed");

        var unused = pools.connection(pool()).hosts().disable(hostUuid(1));
        await().atMost(LATER).until(() -> !host(1).path("enabled").asBoolean());
    }

    private PoolDescription lab() {
        return simulator.pools().get(0);
    }

    private PoolUuid pool() {
        return PoolUuid.of(lab().poolUuid());
    }

    private HostUuid hostUuid(int index) {
        return HostUuid.of(lab().hosts().get(index).uuid());
    }

    private JsonNode host(int index) {
        return api.get("/api/v1/hosts/" + hostUuid(index)).body();
    }

    private JsonNode shown() {
        return api.get("/api/v1/pools/" + pool()).body();
    }

    private String state() {
        return shown().at("/connection/state").asString();
    }

    /** Host uuid → fingerprint. */
    private Map<String, String> pins() {
        return shown().path("tlsFingerprints")
                .valueStream()
                .collect(Collectors.toMap(
                        pin -> pin.path("hostUuid").asString(),
                        pin -> pin.path("sha256").asString()));
    }

    private List<String> told() {
        return jdbc.sql("select distinct type from event order by type")
                .query(String.class)
                .list();
    }

    /** What a host does not do when only its toolstack restarts. */
    private List<String> falseClaims() {
        return jdbc.sql("select data::text from event where data::text ~ 'BOOTED|JOINED|LEFT'")
                .query(String.class)
                .list();
    }

    private boolean isTrue(String condition) {
        return jdbc.sql("select count(*) from pool_watch where " + condition)
                        .query(Long.class)
                        .single()
                == 1;
    }
}
