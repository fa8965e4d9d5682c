package io.xenpatch.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceptedCertificatesTests {
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);
    private static final String PEER = "xen:443";

    private final AtomicLong now = new AtomicLong();
    private final AcceptedCertificates accepted = new AcceptedCertificates(3, LONGEST_IDLE, now::get);

    private AcceptedCertificates.Lease accept(String... fingerprints) {
        return accepted.accept("xen", 443, Set.of(fingerprints));
    }

    /** A request that makes a connection and is answered. */
    private int exchange(String certificate, String... fingerprints) {
        var lease = accept(fingerprints);
        assertThat(accepted.isAccepted(lease.client(), PEER, certificate)).isTrue();
        lease.end();
        return lease.client();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void spellsPeersAsTheTlsEngineDoes() {
        assertThat(AcceptedCertificates.peer("[::1]", 443)).isEqualTo("::1:443");
        assertThat(AcceptedCertificates.peer("Xen.Example", 443)).isEqualTo("xen.example:443");
    }

    @Test
    void acceptsWhatARequestUnderWayNamesAndNothingElse() {
        var lease = accepted.accept("XEN", 443, Set.of("a", "b"));

        assertThat(accepted.isAccepted(lease.client(), PEER, "a")).isTrue();
        assertThat(accepted.isAccepted(lease.client(), PEER, "b")).isTrue();
        assertThat(accepted.isAccepted(lease.client(), PEER, "c")).isFalse();
        assertThat(accepted.isAccepted(lease.client(), "xen:444", "a")).isFalse();
        assertThat(accepted.isAccepted(lease.client() + 1, PEER, "a")).isFalse();
    }

    @Test
    void forgetsWhatIsNoLongerAccepted() {
        var first = accept("a");
        var second = accept("a");

        first.end();
        assertThat(accepted.isAccepted(0, PEER, "a")).isTrue();
        second.end();

        assertThat(accepted.isAccepted(0, PEER, "a")).isFalse();
    }

    @Test
    void requestsWithTheSameTrustShareAClient() {
        assertThat(accept("a", "b").client()).isZero();
        assertThat(accept("b", "a").client()).isZero();
    }

    @Test
    void requestsWithAnotherTrustAtTheSameTimeHaveAnotherClient() {
        accept("a");

        assertThat(accept("a", "b").client()).isEqualTo(1);
        assertThat(accept("b").client()).isEqualTo(2);
        assertThat(accepted.accept("other", 443, Set.of("b")).client())
                .as("elsewhere")
                .isZero();
    }

    @Test
    void clientMayBeUsedAgainWhoseConnectionsAreAllAccepted() {
        exchange("a", "a", "b");

        assertThat(accept("a", "c").client()).isZero();
    }

    @Test
    void clientIsAvoidedWhileItMayHaveAConnectionThatIsNotAccepted() {
        exchange("a", "a");
        pass(LONGEST_IDLE);
        assertThat(accept("b").client()).isEqualTo(1);

        pass(Duration.ofNanos(1));

        assertThat(accept("c").client()).isZero();
    }

    @Test
    void connectionsAreRememberedForAsLongAsTheClientIsInUse() {
        exchange("a", "a");
        pass(LONGEST_IDLE);
        exchange("a", "a", "b");
        pass(LONGEST_IDLE);

        assertThat(exchange("b", "b")).isEqualTo(1);
    }

    @Test
    void requestThatConnectedToNobodyLeavesNothingBehind() {
        accept("a").end();

        assertThat(accept("b").client()).isZero();
    }

    @Test
    void requestIsRefusedWhenNoClientIsLeftForIt() {
        accept("a");
        accept("b");
        accept("c");

        assertThatThrownBy(() -> accept("d")).hasRootCauseInstanceOf(ConnectException.class);
        assertThat(accept("c").client()).isEqualTo(2);
    }

    @Test
    void forgetsPeersThatNobodyTalksToAnyMore() {
        exchange("a", "a");
        var parked = accepted.accept("parked", 443, Set.of("p"));
        pass(LONGEST_IDLE.plusNanos(1));
        accepted.accept("other", 443, Set.of("o")).end();

        assertThat(accepted.peers()).isEqualTo(2);
        assertThat(accepted.isAccepted(parked.client(), "parked:443", "p")).isTrue();
    }
}
