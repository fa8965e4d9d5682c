package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.TestHttp;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service's own watcher, and a second one as another instance would run it on the same database. */
@IntegrationTest
class TwoInstancesTests {
    private static final Duration LATER = Duration.ofSeconds(30);

    @Autowired
    private Pools pools;

    @Autowired
    private RegisteredPools registered;

    @Autowired
    private XapiConnections xapi;

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
    private JdbcClient jdbc;

    private final PoolApi api;
    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("one").hosts(2), Scenario.pool("two").hosts(2)), SimulatorSettings.atSpeed(20));

    TwoInstancesTests(@Autowired TestHttp http) {
        this.api = new PoolApi(http);
    }

    @BeforeEach
    void register() {
        jdbc.sql("delete from pool").update();
        simulator
                .pools()
                .forEach(pool -> assertThat(api.register(pool).outcome()).isEqualTo("201"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void shareThePoolsAndTakeOverFromOneThatLeaves() {
        var first = onlyInstance();
        var connections = new PoolConnections(registered, xapi, secrets, jdbc);
        var second = instanceBeside(first, connections);
        var ours = ownedBy(second.id(), List.of(first, second.id()));
        var theirs = ownedBy(first, List.of(first, second.id()));

        second.start();
        try {
            await().atMost(LATER).until(() -> isWatchedBy(second.id(), ours) && isWatchedBy(first, theirs));
            long epoch = watches.epoch(ours).orElseThrow();
            changesArrive(ours, 1);

            second.stop();
            await().atMost(LATER).until(() -> isWatchedBy(first, ours));
            changesArrive(ours, 0);
            assertThat(isWatchedBy(first, theirs)).isTrue();

            var snapshot = pools.connection(ours).pool().observe();
            assertThat(watches.epoch(ours).orElseThrow()).isGreaterThan(epoch);
            assertThatThrownBy(() -> inventory.write(ours, epoch, snapshot, null))
                    .as("what the second still wants to write")
                    .isInstanceOf(StaleEpoch.class);
            assertThatThrownBy(() -> watches.note(ours, epoch, ConnectionState.UNREACHABLE, null))
                    .isInstanceOf(StaleEpoch.class);
        } finally {
            second.stop();
            connections.closeAll();
        }
    }

    @Test
    void countAnInstanceAsGoneThatWasSilentForTooLong() {
        var silent = UUID.randomUUID();
        var late = UUID.randomUUID();
        seen(silent, settings.deadAfter().plusSeconds(1));
        seen(late, settings.deadAfter().minusSeconds(5));

        var living = instances.beat(onlyInstance());
        instances.leave(silent);
        instances.leave(late);

        assertThat(living).contains(late).doesNotContain(silent);
    }

    private UUID onlyInstance() {
        return await().atMost(LATER)
                .until(
                        () -> jdbc.sql("select distinct owner from pool_watch where owner is not null")
                                .query(UUID.class)
                                .list(),
                        owners -> owners.size() == 1)
                .get(0);
    }

    /** One whose random id makes each of the two watch one of the two pools. */
    private PoolWatcher instanceBeside(UUID first, PoolConnections connections) {
        while (true) {
            var candidate = new PoolWatcher(instances, connections, watches, inventory, pins, settings);
            var both = List.of(first, candidate.id());
            if (simulator.pools().stream()
                            .filter(pool -> Rendezvous.isOwner(first, both, UUID.fromString(pool.poolUuid())))
                            .count()
                    == 1) {
                return candidate;
            }
        }
    }

    private PoolUuid ownedBy(UUID instance, List<UUID> both) {
        return simulator.pools().stream()
                .map(pool -> PoolUuid.of(pool.poolUuid()))
                .filter(pool -> Rendezvous.isOwner(instance, both, pool.value()))
                .findFirst()
                .orElseThrow();
    }

    private boolean isWatchedBy(UUID instance, PoolUuid pool) {
        return jdbc.sql(
                                "select count(*) from pool_watch where pool_uuid = :pool and owner = :me and state = 'CONNECTED'")
                        .param("pool", pool.value())
                        .param("me", instance)
                        .query(Long.class)
                        .single()
                == 1;
    }

    private void changesArrive(PoolUuid pool, int host) {
        var uuid = description(pool).hosts().get(host).uuid();
        var unused = pools.connection(pool).hosts().disable(HostUuid.of(uuid));
        await().atMost(LATER)
                .until(() ->
                        !api.get("/api/v1/hosts/" + uuid).body().path("enabled").asBoolean());
    }

    private PoolDescription description(PoolUuid pool) {
        return simulator.pools().stream()
                .filter(each -> each.poolUuid().equals(pool.toString()))
                .findFirst()
                .orElseThrow();
    }

    private void seen(UUID instance, Duration ago) {
        jdbc.sql("insert into watch_instance (id, seen_at) values (:id, now() - :ago * interval '1 millisecond')")
                .param("id", instance)
                .param("ago", ago.toMillis())
                .update();
    }
}
