package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator does what a real server was seen to do where that surprises; the other findings' tests are in docs/findings.md. */
class FindingsTests extends SimulatorTest {
    private static final String LOGIN = "session.login_with_password";
    private static final Duration TOOLSTACK_STARTS = Duration.ofSeconds(1);

    private Fault dies(int host) {
        return Fault.on(pool().poolUuid(), FaultKind.HOST_DIES).onHost(hostUuid(host));
    }

    /** Finding 3, trap 3: code and both parameters. */
    @Test
    void wrongPasswordIsRefusedWithTheNameAndTheWordsOfPam() {
        start(Scenario.pool("findings"));

        assertThat(client().raw(LOGIN, "root", "wrong").at("/error/data"))
                .extracting(word -> word.stringValue())
                .containsExactly("root", "Authentication failure");
    }

    /** Finding 7. */
    @ParameterizedTest
    @CsvSource({"Async.host.fly, MESSAGE_METHOD_UNKNOWN", "Async.host.get_enabled, Fault"})
    void asyncCallOfWhatCannotBeAsyncFailsAtOnceAndLeavesNoTask(String method, String code) {
        start(Scenario.pool("findings"));

        assertThat(client().failure(method, client().host(0))).startsWith(code);

        assertThat(client().call("task.get_all").size()).isZero();
    }

    /** Finding 7. */
    @Test
    void asyncCallWithoutAValidSessionFailsAtOnceAndLeavesNoTask() {
        start(Scenario.pool("findings"));

        assertThat(client().raw("Async.host.disable", "OpaqueRef:bogus", client().host(0))
                        .at("/error/message")
                        .stringValue())
                .isEqualTo("SESSION_INVALID");

        assertThat(client().call("task.get_all").size()).isZero();
    }

    /** Finding 8. */
    @Test
    void cancelIsAcceptedWhereItIsIgnoredAndTheTaskSucceeds() {
        start(Scenario.pool("findings").update("REBOOT"));
        var task = client().text("Async.pool_update.apply", client().named("pool_update", "REBOOT"), client().host(0));

        assertThat(client().call("task.cancel", task).stringValue()).isEmpty();

        advance(Duration.ofMinutes(2));
        assertThat(task(task).get("status").stringValue()).isEqualTo("success");
        assertThat(errorInfo(task(task))).isEmpty();
    }

    /** Finding 11. */
    @Test
    void supporterNamesItsCoordinatorEvenWhenThatOneIsDead() {
        start(Scenario.pool("findings").hosts(2));
        simulator().inject(dies(0));

        assertThat(new SimulatedClient(pool(), "127.0.0.2")
                        .raw(LOGIN, "root", "wrong")
                        .get("error")
                        .toString())
                .isEqualTo("{\"code\":1,\"message\":\"HOST_IS_SLAVE\",\"data\":[\"127.0.0.1\"]}");
    }

    /** Finding 11: a session is looked up at the coordinator. */
    @Test
    void supporterGivesNoByteToACallWithASessionWhileItsCoordinatorIsDead() {
        start(Scenario.pool("findings").hosts(2));
        var session = client().session();
        simulator().inject(dies(0));
        var supporter = new SimulatedClient(pool(), "127.0.0.2", Duration.ofMillis(500));

        assertThatThrownBy(() -> supporter.raw("host.get_all", session))
                .isInstanceOf(SimulatedClient.Unreachable.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
    }

    /** Finding 12. */
    @Test
    void loginsAndReadsWorkBeforeTheCoordinatorMayBeEnabled() {
        start(Scenario.pool("findings"));
        client().call("host.disable", client().host(0));
        client().call("host.reboot", client().host(0));
        advance(Duration.ofMinutes(3).plus(Duration.ofSeconds(26)));

        var again = SimulatedClient.of(pool());

        assertThat(again.call("host.get_enabled", again.host(0)).booleanValue()).isFalse();
        assertThat(again.failure("host.enable", again.host(0))).containsExactly("HOST_STILL_BOOTING");
        advance(Duration.ofMinutes(2));
        assertThat(again.call("host.get_enabled", again.host(0)).booleanValue()).isTrue();
        assertThat(again.call("host.enable", again.host(0)).stringValue()).isEmpty();
    }

    /** Finding 13. */
    @ParameterizedTest
    @ValueSource(strings = {"host.disable", "host.get_servertime"})
    void callForAMemberThatDiedUnnoticedHangsAndThenMayHaveHappened(String method) {
        start(Scenario.pool("findings").hosts(2));
        var dead = client().host(1);
        simulator().inject(dies(1));

        var answer = client().callLater(method, dead);
        advance(Duration.ofSeconds(10));
        assertThat(client().call("host.get_all").size())
                .as("others are answered")
                .isEqualTo(2);
        assertThat(answer).isNotDone();

        // the call may arrive only now
        await().until(() -> {
            advance(Duration.ofSeconds(30));
            return answer.isDone();
        });
        assertThat(answer.join().at("/error/message").stringValue()).isEqualTo("CANNOT_CONTACT_HOST");
    }

    /** Trap 7: the answer means only that it was accepted. */
    @Test
    void rebootSucceedsWhileTheHostIsStillThere() {
        start(Scenario.pool("findings").hosts(2));
        client().call("host.disable", client().host(1));

        runWell(TOOLSTACK_STARTS, "host.reboot", client().host(1));

        assertThat(actionsOn(1)).doesNotContain(JournalAction.REBOOT_STARTED);
        assertThat(client().text("host.get_servertime", client().host(1))).isNotEmpty();
        advance(Duration.ofSeconds(11));
        assertThat(actionsOn(1)).contains(JournalAction.REBOOT_STARTED);
    }

    /** Trap 13. */
    @Test
    void coordinatorIsNotMovedUnderHighAvailability() {
        start(Scenario.pool("findings").hosts(3).haEnabled());

        assertThat(client().failure("pool.designate_new_master", client().host(1)))
                .isEqualTo(List.of("HA_IS_ENABLED"));
    }
}
