package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on the wire, and that nothing is ever done twice because of it. */
class LostAnswerTests extends AdapterTest {
    private static final XapiProperties SHORT = new XapiProperties(Duration.ofSeconds(1), Duration.ofSeconds(2), false);

    private io.xenpatch.xapi.XapiPool connected() {
        start(Scenario.pool("lab").hosts(2).update("LIVE"));
        var pool = open(new PoolAccess(endpoint(0), credentials(), List.of(), null), SHORT);
        pool.pool().observe();
        return pool;
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET", "HALF_ANSWER", "GARBAGE", "HANG"})
    void answerThatIsLostAfterTheCallMayHaveHappenedAndIsNotSentAgain(FaultKind kind) {
        var pool = connected();
        inject(kind, "host.restart_agent");

        assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                .isThrownBy(() -> pool.hosts().restartToolstack(host(1)))
                .satisfies(failure -> assertThat(failure.mayHaveHappened()).isTrue());

        await().untilAsserted(() -> assertThat(actions()).contains(JournalAction.TOOLSTACK_RESTARTED));
        pool.pool().observe();
        assertThat(actions()).containsOnlyOnce(JournalAction.TOOLSTACK_RESTARTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_BEFORE", "HTTP_500"})
    void callThatDidNotHappenMayHaveHappenedAsFarAsAnyoneKnows(FaultKind kind) {
        var pool = connected();
        inject(kind, "host.restart_agent");

        assertThatThrownBy(() -> pool.hosts().restartToolstack(host(1))).isInstanceOf(XapiFailure.AnswerLost.class);

        pool.pool().observe();
        assertThat(actions()).doesNotContain(JournalAction.TOOLSTACK_RESTARTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET", "DROP_BEFORE", "HALF_ANSWER", "GARBAGE", "HTTP_500"})
    void readIsRepeated(FaultKind kind) {
        var pool = connected();
        simulator()
                .inject(Fault.on(description().poolUuid(), kind)
                        .forMethod("host.get_servertime")
                        .times(2));

        assertThat(pool.hosts().serverTime(host(1))).isNotNull();
    }

    @Test
    void readThatNeverSucceedsSaysSoInTheEnd() {
        var pool = connected();
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.GARBAGE)
                        .forMethod("host.get_servertime")
                        .times(9));

        assertThatThrownBy(() -> pool.hosts().serverTime(host(1))).isInstanceOf(XapiFailure.AnswerLost.class);
    }

    @Test
    void hangingReadEndsInItsTime() {
        var pool = connected();
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.HANG)
                        .forMethod("host.get_servertime")
                        .times(9));
        var start = System.nanoTime();

        assertThatThrownBy(() -> pool.hosts().serverTime(host(1))).isInstanceOf(XapiFailure.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void errorOfTheServerIsARefusalWithItsCode() {
        var pool = connected();
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("host.get_servertime")
                        .failingWith("RBAC_PERMISSION_DENIED", "host.get_servertime"));

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> pool.hosts().serverTime(host(1)))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("RBAC_PERMISSION_DENIED");
                    assertThat(refused.parameters()).containsExactly("host.get_servertime");
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET", "GARBAGE", "HTTP_500", "HALF_ANSWER"})
    void lookUpBeforeACallThatFailsMeansThatNothingHappened(FaultKind kind) {
        start(Scenario.pool("lab").hosts(2));
        var pool = open();
        simulator()
                .inject(Fault.on(description().poolUuid(), kind)
                        .forMethod("host.get_by_uuid")
                        .times(9));

        assertThatThrownBy(() -> pool.hosts().reboot(host(1))).isInstanceOf(XapiFailure.Unreachable.class);
    }

    @Test
    void loginWithoutAnswerIsUnreachable() {
        start(Scenario.pool("lab"));
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.CONNECTION_RESET)
                        .forMethod("session.login_with_password")
                        .times(9));

        assertThatThrownBy(() -> open().pool().observe()).isInstanceOf(XapiFailure.Unreachable.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "HTTP_500"})
    void loginThatIsAnsweredWithSomethingElseIsNotXapi(FaultKind kind) {
        start(Scenario.pool("lab"));
        inject(kind, "session.login_with_password");

        assertThatThrownBy(() -> open().pool().observe()).isInstanceOf(XapiFailure.NotXapi.class);
    }
}
