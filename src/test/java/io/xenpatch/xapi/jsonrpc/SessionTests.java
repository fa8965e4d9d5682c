package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions, certificates, and the way to the coordinator. */
class SessionTests extends AdapterTest {
    private static final String OTHER = "0".repeat(64);

    private PoolAccess expecting(String fingerprint) {
        return new PoolAccess(endpoint(0), credentials(), List.of(), fingerprint);
    }

    @Test
    void trustsWhatIsPresentedAtFirstAndLearnsEveryHostsCertificate() {
        start(Scenario.pool("lab").hosts(3), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        var pool = open();

        pool.pool().observe();

        var pins = pool.access().pins();
        assertThat(pins).extracting(HostPin::host).containsExactlyInAnyOrder(host(0), host(1), host(2));
        assertThat(pins).extracting(HostPin::sha256).doesNotHaveDuplicates();
        assertThat(pins)
                .filteredOn(pin -> pin.host().equals(host(0)))
                .extracting(HostPin::endpoint, HostPin::sha256)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        endpoint(0), description().tlsFingerprint()));
        assertThat(pool.pool().certificates().join()).containsExactlyInAnyOrderElementsOf(pins);
    }

    @Test
    void rememberedAccessOpensThePoolAgain() {
        start(Scenario.pool("lab").hosts(2), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        var first = open();
        first.pool().observe();
        var access = first.access();
        first.close();

        assertThat(open(access).pool().observe().hosts()).hasSize(2);
        assertThatThrownBy(() -> first.pool().observe()).isInstanceOf(XapiFailure.Unreachable.class);
        assertThat(first.access().credentials().password()).isEmpty();
    }

    @Test
    void leavesWithoutWaitingForAPoolThatDoesNotAnswer() {
        start(Scenario.pool("lab"));
        var pool = open();
        pool.pool().observe();
        inject(FaultKind.HANG, "session.logout");

        var left = pool.leave();

        assertThat(left).as("two seconds before anybody gives up").isNotDone();
        assertThatThrownBy(() -> pool.pool().observe()).isInstanceOf(XapiFailure.Unreachable.class);
        await().atMost(Duration.ofSeconds(30)).until(left::isDone);
        assertThat(left).isCompleted();
        assertThat(pool.access().pins()).isEmpty();
    }

    @Test
    void acceptsTheExpectedCertificateAndNoOther() {
        start(Scenario.pool("lab"));

        assertThat(open(expecting(description().tlsFingerprint()))
                        .pool()
                        .observe()
                        .name())
                .isEqualTo("lab");
        // an idle connection that the first pool trusts must not carry the second one's password
        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> open(expecting(OTHER)).pool().observe())
                .satisfies(refused -> {
                    assertThat(refused.presented()).isEqualTo(description().tlsFingerprint());
                    assertThat(refused.mayHaveHappened()).isFalse();
                });
    }

    @Test
    void refusesACertificateThatIsNotThePinnedOne() {
        start(Scenario.pool("lab"));
        var pin = new HostPin(host(0), endpoint(0), OTHER);
        var pool = open(new PoolAccess(endpoint(0), credentials(), List.of(pin), null));

        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> pool.pool().observe())
                .satisfies(refused ->
                        assertThat(refused.presented()).isEqualTo(description().tlsFingerprint()));
    }

    @Test
    void refusesAnIdleConnectionWhoseCertificateOnlyAnotherPinAllowed() {
        start(Scenario.pool("lab"));
        open().pool().observe();
        var pin = new HostPin(host(0), endpoint(0), OTHER);

        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> open(new PoolAccess(endpoint(0), credentials(), List.of(pin), null))
                        .pool()
                        .observe())
                .satisfies(refused -> {
                    assertThat(refused.presented()).isEqualTo(description().tlsFingerprint());
                    assertThat(refused.mayHaveHappened())
                            .as("whether a password was sent")
                            .isFalse();
                });
    }

    @Test
    void refusesACertificateThatChangesWhileConnected() {
        start(Scenario.pool("lab"));
        var pool = open();
        pool.pool().observe();

        simulator().inject(Fault.on(description().poolUuid(), FaultKind.WRONG_CERTIFICATE));

        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> pool.pool().observe())
                .satisfies(refused -> assertThat(refused.presented())
                        .hasSize(64)
                        .isNotEqualTo(description().tlsFingerprint()));
    }

    @Test
    void namesAWrongPassword() {
        start(Scenario.pool("lab"));
        var access = new PoolAccess(endpoint(0), new Credentials("root", "secret-guess"), List.of(), null);

        assertThatExceptionOfType(XapiFailure.AuthenticationFailed.class)
                .isThrownBy(() -> open(access).pool().observe())
                .satisfies(failure -> assertThat(failure).hasMessageNotContaining("secret-guess"));
    }

    @Test
    void followsASupporterToItsCoordinator() {
        start(Scenario.pool("lab").hosts(3));
        var pool = open(new PoolAccess(
                endpoint(2), credentials(), List.of(), description().tlsFingerprint()));

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(0));
        assertThat(pool.access().endpoint()).isEqualTo(endpoint(0));
    }

    @Test
    void followsOnlyToAPinnedCertificateWhenOneWasExpected() {
        start(Scenario.pool("lab").hosts(2), SimulatorSettings.atSpeed(SPEED).withDistinctCertificates());
        var trusting = open(new PoolAccess(endpoint(1), credentials(), List.of(), null));
        trusting.pool().observe();
        var pins = trusting.access().pins();
        var supporters = pins.stream()
                .filter(pin -> pin.host().equals(host(1)))
                .findFirst()
                .orElseThrow()
                .sha256();

        assertThatThrownBy(() -> open(new PoolAccess(endpoint(1), credentials(), List.of(), supporters))
                        .pool()
                        .observe())
                .isInstanceOf(XapiFailure.CertificateRefused.class);
        assertThat(open(new PoolAccess(endpoint(1), credentials(), pins, null))
                        .pool()
                        .observe()
                        .coordinator())
                .isEqualTo(host(0));
    }

    @Test
    void findsTheCoordinatorThroughAnotherHostWhenTheLastPlaceDoesNotAnswer() throws IOException {
        start(Scenario.pool("lab").hosts(3));
        var first = open();
        first.pool().observe();
        var pins = first.access().pins();

        var pool = open(new PoolAccess(new Endpoint("127.0.0.1", closedPort(), true), credentials(), pins, null));

        assertThat(pool.pool().observe().coordinator()).isEqualTo(host(0));
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        start(Scenario.pool("lab"));
        var nowhere = new Endpoint("127.0.0.1", closedPort(), true);
        var pool = open(new PoolAccess(nowhere, credentials(), List.of(), null));

        assertThatThrownBy(() -> pool.pool().observe()).isInstanceOf(XapiFailure.Unreachable.class);
    }

    @Test
    void plainHttpOnATlsEndpointIsNotXapi() {
        start(Scenario.pool("lab"), SimulatorSettings.atSpeed(SPEED).overPlainHttp());
        var pool = open(new PoolAccess(new Endpoint("127.0.0.1", port(), true), credentials(), List.of(), null));

        assertThatThrownBy(() -> pool.pool().observe()).isInstanceOf(XapiFailure.NotXapi.class);
    }

    @Test
    void speaksPlainHttpWhereThatIsAllowed() {
        start(Scenario.pool("lab").hosts(2), SimulatorSettings.atSpeed(SPEED).overPlainHttp());

        var pool = open();

        assertThat(pool.pool().observe().hosts()).hasSize(2);
        assertThat(pool.access().pins()).isEmpty();
        var strict = new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false);
        assertThatThrownBy(() -> open(pool.access(), strict)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void renewsALostSessionAndRepeatsTheCall() {
        start(Scenario.pool("lab").hosts(2));
        var pool = open();
        pool.pool().observe();
        inject(FaultKind.SESSION_LOST, "host.restart_agent");

        var task = pool.hosts().restartToolstack(host(1));

        assertThat(succeeded(pool, task).text()).isEmpty();
        await().untilAsserted(() -> assertThat(actions()).containsOnlyOnce(JournalAction.TOOLSTACK_RESTARTED));
    }

    @Test
    void worksAgainAfterTheCoordinatorRebootedWithoutAnyHelp() {
        start(Scenario.pool("lab").hosts(2), SimulatorSettings.atSpeed(100));
        var pool = open();
        var before = pool.pool().observe().host(host(0)).orElseThrow().bootedAt();
        succeeded(pool, pool.hosts().disable(host(0)));
        var task = pool.hosts().reboot(host(0));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThatThrownBy(() -> pool.hosts().serverTime(host(0)))
                        .isInstanceOf(XapiFailure.Unreachable.class));

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(XapiFailure.class)
                .untilAsserted(() ->
                        assertThat(pool.hosts().observe(host(0)).bootedAt()).isAfter(before));

        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class);
        await().untilAsserted(() ->
                assertThat(pool.hosts().observe(host(0)).enabled()).isTrue());
        assertThat(actions()).containsOnlyOnce(JournalAction.REBOOT_STARTED);
    }
}
