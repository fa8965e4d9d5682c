package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.ManualClock;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool gets another coordinator, and the adapter finds it without an operator (R38). */
class CoordinatorMoveTests extends AdapterTest {
    private static final XapiProperties PATIENT =
            new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false);
    private static final String LOGIN = "session.login_with_password";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Three hosts with a certificate each, all of them pinned. */
    private XapiPool known() {
        start(Scenario.pool("moves").hosts(3), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        return learnt();
    }

    private XapiPool learnt() {
        var pool = open();
        pool.pool().observe();
        assertThat(pool.access().pins()).hasSize(3);
        return pool;
    }

    private Fault takeover(int host) {
        return Fault.on(description().poolUuid(), FaultKind.EMERGENCY_TAKEOVER)
                .onHost(host(host).toString());
    }

    private void taken(int host) {
        simulator().inject(takeover(host));
        restarted(1, 1);
        restarted(2, 1);
    }

    private void restarted(int host, int times) {
        await().untilAsserted(() -> assertThat(restarts(host)).hasSize(times));
    }

    private List<JournalEntry> restarts(int host) {
        return simulator().journal(description().poolUuid()).stream()
                .filter(entry -> entry.action() == JournalAction.TOOLSTACK_RESTARTED)
                .filter(entry -> entry.hostUuid().equals(host(host).toString()))
                .toList();
    }

    @Test
    void callAfterAMoveWhileIdleGoesToTheNewCoordinatorAndIsCarriedOutOnce() {
        var pool = known();
        var client = SimulatedClient.of(description());
        client.call("pool.designate_new_master", client.host(1));
        restarted(0, 1);
        restarted(2, 1);
        await().untilAsserted(() -> assertThat(pool.hosts().serverTime(host(2))).isNotNull());

        succeeded(pool, pool.hosts().restartToolstack(host(2)));

        assertThat(pool.access().endpoint()).isEqualTo(endpoint(1));
        restarted(2, 2);
        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));
        assertThat(restarts(2)).hasSize(2);
    }

    @Test
    void silentCoordinatorIsReplacedByTheOneThatTheSupportersKnow() {
        var pool = known();
        taken(1);

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));

        assertThat(pool.access().endpoint()).isEqualTo(endpoint(1));
        assertThat(pool.access().pins()).as("as learnt from the old one").hasSize(3);
    }

    @Test
    void callThatIsDoneOnceFailsAtTheSilentCoordinatorAndIsNotCarriedOutElsewhere() {
        var pool = known();
        taken(1);

        assertThatThrownBy(() -> pool.hosts().restartToolstack(host(2))).isInstanceOf(XapiFailure.class);

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));
        assertThat(restarts(2)).as("by the takeover itself").hasSize(1);
    }

    @Test
    void mirrorFollowsATakeover() {
        var pool = known();
        var mirror = pool.mirror();
        assertThat(mirror.next(Duration.ofSeconds(1)).join().orElseThrow().coordinator())
                .isEqualTo(host(0));
        taken(1);

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(present(mirror).coordinator()).isEqualTo(host(1)));
    }

    @Test
    void oldCoordinatorThatComesBackAsASupporterLeadsToTheNewOne() {
        var pool = known();
        simulator().inject(takeover(1).lasting(Duration.ofSeconds(30)));
        await().untilAsserted(() -> assertThat(actions()).contains(JournalAction.REBOOT_FINISHED));

        var again =
                open(new PoolAccess(endpoint(0), credentials(), pool.access().pins(), null));

        assertThat(again.pool().observe().coordinator()).isEqualTo(host(1));
        assertThat(again.access().endpoint()).isEqualTo(endpoint(1));
    }

    @Test
    void supportersThatStillBootAreUnreachableUntilTheyLeadToTheNewCoordinator() {
        start(
                Scenario.pool("moves").hosts(3),
                SimulatorSettings.manual(new ManualClock(Instant.parse("2026-11-23T01:00:00Z")))
                        .withDistinctCertificates());
        var pool = learnt();
        simulator().inject(takeover(1));
        simulator().advance(Duration.ofSeconds(16));

        assertThatExceptionOfType(XapiFailure.Unreachable.class)
                .isThrownBy(() -> pool.hosts().serverTime(host(1)));

        simulator().advance(Duration.ofSeconds(10));
        assertThat(pool.hosts().serverTime(host(1))).isNotNull();
        assertThat(pool.access().endpoint()).isEqualTo(endpoint(1));
    }

    @Test
    void strangerAtTheOldAddressIsRefusedAndTheSupportersAreAsked() {
        var pool = known();
        taken(1);
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.WRONG_CERTIFICATE)
                        .onHost(host(0).toString()));

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));

        assertThat(pool.access().endpoint()).isEqualTo(endpoint(1));
    }

    @Test
    void strangerAtASupportersAddressIsPassedOver() {
        var pool = known();
        taken(1);
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.WRONG_CERTIFICATE)
                        .onHost(host(2).toString()));

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));
    }

    @Test
    void strangerNeverReadsAPassword() throws IOException {
        var pins = new ArrayList<>(known().access().pins());
        try (var trap = trap()) {
            pins.replaceAll(
                    pin -> pin.host().equals(host(0)) ? new HostPin(pin.host(), trap.endpoint(), pin.sha256()) : pin);
            taken(1);

            var pool = open(new PoolAccess(trap.endpoint(), credentials(), pins, null), PATIENT);

            assertThat(pool.pool().observe().coordinator()).isEqualTo(host(1));
            assertThat(trap.trapped()).as("requests that it read").isZero();
        }
    }

    @Test
    void coordinatorIsFoundThatHasExchangedItsAddressWithASupporter() {
        var before = known().access();
        var pins = before.pins().stream()
                .map(pin -> pin.host().equals(host(0)) ? at(endpoint(1), pin) : pin)
                .map(pin -> pin.host().equals(host(1)) ? at(endpoint(0), pin) : pin)
                .toList();

        var pool = open(new PoolAccess(endpoint(1), credentials(), pins, null), PATIENT);

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(0));
        assertThat(pool.access().endpoint()).isEqualTo(endpoint(0));
        assertThat(pool.pool().certificates().join()).containsExactlyInAnyOrderElementsOf(before.pins());
    }

    @Test
    void coordinatorIsFoundThatHasANewAddressWhileAStrangerHasItsOldOne() throws IOException {
        var pins = new ArrayList<>(known().access().pins());
        try (var trap = trap()) {
            pins.replaceAll(pin -> pin.host().equals(host(0)) ? at(trap.endpoint(), pin) : pin);

            var pool = open(new PoolAccess(trap.endpoint(), credentials(), pins, null), PATIENT);

            assertThat(pool.pool().observe().coordinator()).isEqualTo(host(0));
            assertThat(pool.access().endpoint()).isEqualTo(endpoint(0));
            assertThat(trap.trapped()).as("requests that it read").isZero();
        }
    }

    @Test
    void coordinatorWhoseCertificateNobodyKnowsIsRefusedThoughASupporterLeadsThere() {
        var pins = known().access().pins().stream()
                .filter(pin -> !pin.host().equals(host(0)))
                .toList();

        var pool = open(new PoolAccess(endpoint(1), credentials(), pins, null), PATIENT);

        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> pool.pool().observe())
                .satisfies(refused -> {
                    assertThat(refused.presented()).isEqualTo(description().tlsFingerprint());
                    assertThat(refused.mayHaveHappened()).isFalse();
                });
    }

    private static HostPin at(Endpoint endpoint, HostPin pin) {
        return new HostPin(pin.host(), endpoint, pin.sha256());
    }

    @Test
    void strangerToWhomAnotherTrustKeepsAConnectionReadsNoPasswordOfOurs() throws IOException {
        var pin = known().access().pins().get(0);
        try (var trap = trap()) {
            connectionIsKeptTo(trap);
            var pool = open(
                    new PoolAccess(trap.endpoint(), credentials(), List.of(at(trap.endpoint(), pin)), null), PATIENT);

            assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                    .isThrownBy(() -> pool.hosts().serverTime(host(1)))
                    .satisfies(refused -> assertThat(refused.mayHaveHappened()).isFalse());

            assertThat(trap.trapped()).as("requests that it read").isEqualTo(1);
        }
    }

    @Test
    void firstPasswordGoesToTheHostThatIsThereNowAndNotToTheStrangerThatWasThereBefore() throws IOException {
        known();
        try (var trap = trap()) {
            connectionIsKeptTo(trap);
            trap.heal();

            var pool = open(new PoolAccess(trap.endpoint(), credentials(), List.of(), FaultyGate.RIGHT.fingerprint()));

            assertThat(pool.pool().observe().hosts()).hasSize(1);
            assertThat(trap.trapped()).as("requests that the stranger read").isEqualTo(1);
        }
    }

    /** Somebody else trusts the stranger, and leaves a connection behind. */
    private void connectionIsKeptTo(FaultyGate trap) {
        send(trap.endpoint(), FaultyGate.STRANGER.fingerprint(), JsonRpc.request(LOGIN, List.of("root", "theirs")));
        assertThat(trap.trapped()).isEqualTo(1);
    }

    /** A stranger who would take whatever is sent. */
    private FaultyGate trap() throws IOException {
        var pool = new VirtualPool(Scenario.of(Scenario.pool("trap").hosts(1)), Instant.parse("2026-11-23T01:00:00Z"));
        var gate = new FaultyGate(pool, LOGIN, threads);
        gate.arm(TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION);
        return gate;
    }
}
