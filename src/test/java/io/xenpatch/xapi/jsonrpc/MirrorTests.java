package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.RepositoryScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.UpdateRepository;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MirrorTests extends AdapterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void showsThePoolAsAFullReadDoesButForDrivesAndStorage() {
        start(Scenario.pool("lab").hosts(3).vmsEach(2).update("LIVE"));
        var pool = open();

        var mirrored = pool.mirror().next(SECOND).join().orElseThrow();

        assertThat(mirrored)
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .ignoringFields(
                        "srs",
                        "hosts.otherConfig",
                        "hosts.storage",
                        "vms.storage",
                        "vms.drives",
                        "ha.heartbeat",
                        "vms.allowedOperations",
                        "vms.otherConfig")
                .isEqualTo(pool.pool().observe());
        assertThat(pool.access().pins()).hasSize(3);
    }

    @Test
    void followsWhatThePoolHasOfItsRepositories() {
        start(Scenario.pool("channels")
                .profile(Profile.XENSERVER_8)
                .repository("used", repository -> repository.update("UPDATE-1", update -> update.type("bugfix")))
                .repository("other", RepositoryScenario::disabled));
        var pool = open();
        var mirror = pool.mirror();
        assertThat(mirror.next(SECOND).join().orElseThrow().repositories())
                .isEqualTo(pool.pool().observe().repositories());

        succeeded(pool, pool.repositories().synchronise(false));

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            var seen = present(mirror).repositories();
            assertThat(seen.syncedAt()).isNotNull();
            assertThat(seen).isEqualTo(pool.pool().observe().repositories());
            assertThat(seen.others()).extracting(UpdateRepository::name).containsExactly("other");
        });
    }

    @Test
    void seesAChangeWithinASecond() {
        start(Scenario.pool("lab").hosts(2));
        var pool = open();
        var mirror = pool.mirror();
        mirror.next(SECOND).join();
        var next = mirror.next(Duration.ofSeconds(30));

        pool.pool().setLivePatchingDisabled(true);

        assertThat(next)
                .succeedsWithin(SECOND)
                .satisfies(seen ->
                        assertThat(seen.orElseThrow().livePatchingEnabled()).isFalse());
    }

    @Test
    void answersNothingWhenNothingHappensAndStillKnowsThePool() {
        start(Scenario.pool("lab"));
        var mirror = open().mirror();
        var before = mirror.next(SECOND).join();
        var start = System.nanoTime();

        assertThat(mirror.next(Duration.ofMillis(300)).join()).isEmpty();
        assertThat(mirror.present()).isEqualTo(before);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(280), SECOND);
    }

    @Test
    void startsAnewAfterALostSession() {
        start(Scenario.pool("lab"));
        var mirror = open().mirror();
        var before = mirror.next(SECOND).join();
        inject(FaultKind.SESSION_LOST, "event.from");

        assertThat(mirror.next(SECOND).join()).isEqualTo(before);
    }

    @Test
    void failsWithWhatHappenedAndStartsFromTheBeginning() {
        start(Scenario.pool("lab"));
        var mirror = open().mirror();
        var before = mirror.next(SECOND).join();
        inject(FaultKind.CONNECTION_RESET, "event.from");

        assertThatThrownBy(() -> mirror.next(SECOND).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(XapiFailure.AnswerLost.class);

        assertThat(mirror.next(SECOND).join()).isEqualTo(before);
    }

    @Test
    void seesThePoolAgainAfterItsCoordinatorRestarted() {
        start(Scenario.pool("lab").hosts(2).vmsEach(1));
        var pool = open();
        var mirror = pool.mirror();
        var before = mirror.next(SECOND).join().orElseThrow().host(host(0)).orElseThrow();
        var unused = pool.hosts().restartToolstack(host(0));

        await().atMost(Duration.ofSeconds(15))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                present(mirror).host(host(0)).orElseThrow().toolstackStartedAt())
                        .isAfter(before.toolstackStartedAt()));
    }
}
