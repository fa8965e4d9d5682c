package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class WatchingTests {
    /** Much less than a pool may keep a question: what comes in this time came as an event. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration LATER = Duration.ofSeconds(60);

    @Autowired
    private Pools pools;

    @Autowired
    private PoolConnections connections;

    @Autowired
    private InventoryWriter inventory;

    @Autowired
    private JdbcClient jdbc;

    private final PoolApi api;
    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("lab").hosts(3).vmsEach(1).update("FAILS")), SimulatorSettings.atSpeed(20));

    WatchingTests(@Autowired TestHttp http) {
        this.api = new PoolApi(http);
    }

    @BeforeEach
    void register() {
        jdbc.sql("delete from pool").update();
        assertThat(api.register(lab()).outcome()).isEqualTo("201");
        await().atMost(LATER).until(this::isWatched);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private PoolDescription lab() {
        return simulator.pools().get(0);
    }

    private String uuid() {
        return lab().poolUuid();
    }

    @Test
    void seesADisabledHostLongBeforeTheQuestionForChangesEnds() {
        var host = lab().hosts().get(1).uuid();
        var xapi = pools.connection(PoolUuid.of(uuid()));

        xapi.hosts().disable(HostUuid.of(host));

        await().atMost(SOON).until(() -> !host(host).path("enabled").asBoolean());
        assertThat(host(host).path("inMaintenance").asBoolean()).isTrue();
        await().atMost(SOON)
                .until(() -> events("pool.changed") > 0
                        && !jdbc
                                .sql("select e::text from event e where type = 'pool.changed'")
                                .query(String.class)
                                .list()
                                .stream()
                                .filter(event -> event.contains("DISABLED"))
                                .toList()
                                .isEmpty());
    }

    @Test
    void showsAPoolThatCantBeReachedAsItWasLastSeen() {
        var coordinator = lab().hosts().get(0).uuid();
        simulator.inject(
                Fault.on(uuid(), FaultKind.HOST_DIES).onHost(coordinator).lasting(Duration.ofMinutes(2)));

        await().atMost(LATER).until(() -> state().equals("UNREACHABLE"));
        assertThat(pool().at("/connection/since").asString()).isNotEmpty();
        assertThat(host(coordinator).path("name").asString()).isNotEmpty();
        assertThat(api.send(HttpMethod.POST, "/api/v1/pools/" + uuid() + "/refresh", null, null)
                        .outcome())
                .isEqualTo("502 /problems/pool-unreachable");
        await().atMost(LATER).until(() -> state().equals("CONNECTED"));
        assertThat(events("pool.unreachable")).isPositive();
        assertThat(events("pool.connected")).isPositive();
    }

    @Test
    void refusesAChangedCertificateUntilAPersonConfirmsIt() {
        // drops the connections that there are, so that the next call meets it
        simulator.inject(Fault.on(uuid(), FaultKind.WRONG_CERTIFICATE));

        await().atMost(LATER).until(() -> state().equals("CERTIFICATE_CHANGED"));
        var presented = pool().at("/connection/tlsFingerprint").asString();
        assertThat(presented).isNotEqualTo(lab().tlsFingerprint()).hasSize(64);
        assertThat(events("pool.certificate-changed")).isPositive();

        var etag = api.get("/api/v1/pools/" + uuid()).etag();
        assertThat(api.patch(uuid(), etag, Map.of("tlsFingerprint", lab().tlsFingerprint()))
                        .outcome())
                .isEqualTo("409 /problems/certificate-changed");
        long disturbances = disturbances();
        var confirmed = api.patch(uuid(), etag, Map.of("tlsFingerprint", presented));
        assertThat(confirmed.outcome()).isEqualTo("200");
        assertThat(confirmed.body().at("/connection/state").asString()).isEqualTo("CONNECTED");

        await().atMost(SOON).until(this::isWatched);
        var host = lab().hosts().get(1).uuid();
        pools.connection(PoolUuid.of(uuid())).hosts().disable(HostUuid.of(host));
        await().atMost(SOON).until(() -> !host(host).path("enabled").asBoolean());
        assertThat(state()).isEqualTo("CONNECTED");
        assertThat(disturbances()).as("nothing of before comes late").isEqualTo(disturbances);
    }

    @Test
    void closesOnlyTheConnectionOfBeforeWhenAPoolIsReachedInAnotherWay() {
        var pool = PoolUuid.of(uuid());
        var before = connections.of(pool);
        jdbc.sql("update pool set access_version = access_version + 1").update();
        // the watch looks between the change and the end of the request that made it
        var now = connections.of(pool);

        connections.closeOutdated(pool);

        assertThat(connections.of(pool)).isSameAs(now).isNotSameAs(before);
        assertThat(now.pool().observe().uuid()).isEqualTo(pool);
        assertThatThrownBy(() -> before.pool().observe()).isInstanceOf(XapiFailure.Unreachable.class);
    }

    @Test
    void refusesWhatAFormerOwnerWants() {
        var pool = PoolUuid.of(uuid());
        long epoch = jdbc.sql("select epoch from pool_watch").query(Long.class).single();
        var snapshot = pools.connection(pool).pool().observe();

        assertThatThrownBy(() -> inventory.write(pool, epoch - 1, snapshot, null))
                .isInstanceOf(StaleEpoch.class);
    }

    @Test
    void goesOnInAnotherEpochWhenItIsTakenOver() {
        long epoch = jdbc.sql("update pool_watch set epoch = epoch + 1 returning epoch")
                .query(Long.class)
                .single();

        await().atMost(SOON)
                .until(() -> jdbc.sql("select epoch from pool_watch")
                                .query(Long.class)
                                .single()
                        > epoch);
        var host = lab().hosts().get(2).uuid();
        pools.connection(PoolUuid.of(uuid())).hosts().disable(HostUuid.of(host));
        await().atMost(SOON).until(() -> !host(host).path("enabled").asBoolean());
    }

    @Test
    void repairsWhatSomebodyElseWrote() {
        var host = lab().hosts().get(1).uuid();
        jdbc.sql(
                        "update host_inventory set digest = 'other', update_status = 'UNKNOWN' where host_uuid = cast(? as uuid)")
                .param(host)
                .update();

        assertThat(api.send(HttpMethod.POST, "/api/v1/pools/" + uuid() + "/refresh", null, null)
                        .outcome())
                .isEqualTo("202");
        assertThat(api.get("/api/v1/hosts?updateStatus=UNKNOWN").body().path("items"))
                .isEmpty();
    }

    private boolean isWatched() {
        return jdbc.sql("select count(*) from pool_watch where owner is not null and state = 'CONNECTED'")
                        .query(Long.class)
                        .single()
                == 1;
    }

    private JsonNode pool() {
        return api.get("/api/v1/pools/" + uuid()).body();
    }

    private String state() {
        return pool().at("/connection/state").asString();
    }

    private JsonNode host(String uuid) {
        return api.get("/api/v1/hosts/" + uuid).body();
    }

    private long disturbances() {
        return events("pool.connecting") + events("pool.unreachable") + events("pool.certificate-changed");
    }

    private long events(String type) {
        return jdbc.sql("select count(*) from event where type = ?")
                .param(type)
                .query(Long.class)
                .single();
    }
}
