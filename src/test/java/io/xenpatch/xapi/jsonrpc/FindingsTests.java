package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.ManualClock;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatedClient;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The adapter copes with what surprises in a real server; the other findings' tests are in docs/findings.md. */
class FindingsTests extends AdapterTest {
    private static final XapiProperties SHORT = new XapiProperties(Duration.ofSeconds(1), Duration.ofSeconds(2), false);
    private static final Duration TASK_STARTS = Duration.ofSeconds(1);
    private static final Duration REBOOTED = Duration.ofMinutes(3).plus(Duration.ofSeconds(26));

    /** Time stands still, so that what hangs does so until the test says otherwise. */
    private XapiPool frozen(PoolScenario scenario, XapiProperties properties) {
        start(
                scenario,
                SimulatorSettings.manual(new ManualClock(Instant.parse("2026-11-23T01:00:00Z")))
                        .withDistinctCertificates());
        var first = open();
        first.pool().observe();
        return open(first.access(), properties);
    }

    /** Has a session and the host's reference, so that the next question is sent without any other. */
    private void met(XapiPool pool, int host) {
        await().ignoreExceptionsInstanceOf(XapiFailure.class)
                .untilAsserted(
                        () -> assertThat(pool.hosts().serverTime(host(host))).isNotNull());
    }

    private static XapiProperties patient() {
        return new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false);
    }

    private void dies(int host) {
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.HOST_DIES)
                        .onHost(host(host).toString()));
    }

    /** Finding 4: no batch, the id is a number, parameters are a list even when there are none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void requestHasTheOneShapeThatTheServerTakes(int params) {
        var request = JsonMapper.shared()
                .readTree(JsonRpc.request(
                        "host.get_all", List.of("OpaqueRef:a", "b").subList(0, params)));

        assertThat(request.isObject()).isTrue();
        assertThat(request.get("jsonrpc").stringValue()).isEqualTo("2.0");
        assertThat(request.get("id").isIntegralNumber()).isTrue();
        assertThat(request.get("params").isArray()).isTrue();
        assertThat(request.get("params")).hasSize(params);
    }

    /** Finding 4: an error in an answer that is no UTF-8 is no answer. */
    @Test
    void answerThatIsNoUtf8IsNoAnswer() throws IOException {
        var recorded =
                Files.readAllBytes(Path.of("src/test/resources/real-xapi/http/042-invalid-utf8-in-body.response.http"));
        var head = new String(recorded, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;

        assertThatThrownBy(() ->
                        JsonRpc.read(Arrays.copyOfRange(recorded, head, recorded.length), JsonRpc.as(String.class)))
                .isInstanceOf(JacksonException.class);
    }

    /** Finding 6. */
    @ParameterizedTest
    @CsvSource({"<value>slept 2</value>, slept 2", "<value></value>, ''", "'', ''", "<value>a &lt;b&gt;</value>, a <b>"
    })
    void resultOfATaskIsReadFromItsFragmentOfXml(String result, String text) {
        assertThat(new XapiTask.Succeeded(result).text()).isEqualTo(text);
    }

    /** Finding 7: the call itself is accepted, whatever its reference is. */
    @Test
    void referenceThatOnlyATaskFoundWrongIsAskedForAgain() {
        var server = new ScriptedTransport()
                .answers("host.get_by_uuid", "OpaqueRef:of-old")
                .answers("host.get_by_uuid", "OpaqueRef:of-now")
                .answers("Async.host.disable", "OpaqueRef:task")
                .says(
                        "task.get_record",
                        "{\"jsonrpc\":\"2.0\",\"result\":{\"status\":\"failure\",\"progress\":1.0,\"result\":\"\","
                                + "\"error_info\":[\"HANDLE_INVALID\",\"host\",\"OpaqueRef:of-old\"]},\"id\":1}");
        var pool = new JsonRpcConnections(server, patient())
                .open(new PoolAccess(
                        new Endpoint("pool", 443, true), new Credentials("root", "secret"), List.of(), null));
        var host = new HostUuid(new UUID(0, 1));
        var task = pool.hosts().disable(host);
        pool.hosts().disable(host);
        assertThat(server.count("host.get_by_uuid")).as("kept").isEqualTo(1);

        assertThat(pool.tasks().observe(task))
                .isEqualTo(new XapiTask.Failed("HANDLE_INVALID", List.of("host", "OpaqueRef:of-old")));
        pool.hosts().disable(host);

        assertThat(server.count("host.get_by_uuid")).isEqualTo(2);
    }

    /** Finding 8: a task that still runs stays when it is destroyed, and is destroyed again after its end. */
    @Test
    void taskThatIsDestroyedTooEarlyStaysUntilItIsDestroyedAgain() {
        var pool = frozen(Scenario.pool("findings").update("REBOOT"), patient());
        var update = pool.pool().observe().updates().get(0).uuid();
        var task = pool.poolUpdates().apply(update, host(0));

        pool.tasks().destroy(task);
        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.Pending.class);
        simulator().advance(Duration.ofMinutes(2));
        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.Succeeded.class);
        pool.tasks().destroy(task);

        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class);
    }

    /** Finding 10: a wrong password is told late, by the server's own words, which are not repeated. */
    @Test
    void wrongPasswordThatIsToldLateIsNoLostAnswer() {
        start(Scenario.pool("findings"));
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.SLOW_ANSWER)
                        .forMethod("session.login_with_password")
                        .lasting(Duration.ofMinutes(2)));
        var access = new PoolAccess(endpoint(0), new Credentials("root", "guess"), List.of(), null);

        assertThatExceptionOfType(XapiFailure.AuthenticationFailed.class)
                .isThrownBy(() -> open(access).pool().observe())
                .satisfies(failure -> assertThat(failure).hasMessageNotContaining("guess"));
    }

    /** Finding 11: it would not answer a session of a coordinator that is dead, so it is only asked to log in. */
    @Test
    void supporterOfADeadCoordinatorIsNotAskedAnythingThatWouldHang() {
        var pool = frozen(Scenario.pool("findings").hosts(2), patient());
        assertThat(pool.hosts().serverTime(host(0))).isNotNull();
        dies(0);

        assertThatExceptionOfType(XapiFailure.Unreachable.class)
                .isThrownBy(() -> pool.hosts().serverTime(host(1)))
                .satisfies(failure -> assertThat(failure.mayHaveHappened()).isFalse());
    }

    /** Finding 11: where a session is kept that has become one of a supporter. */
    @Test
    void callThatHangsAtAFormerCoordinatorEndsInItsTime() {
        var pool = frozen(Scenario.pool("findings").hosts(2), SHORT);
        met(pool, 0);
        var client = SimulatedClient.of(description());
        client.call("pool.designate_new_master", client.host(1));
        simulator().advance(Duration.ofSeconds(30));
        dies(1);

        assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                .isThrownBy(() -> pool.hosts().serverTime(host(0)));
    }

    /** Finding 12: neither a login nor a read proves that the toolstack is back. */
    @Test
    void hostIsNotEnabledUntilItsToolstackHasStartedUp() {
        var pool = frozen(Scenario.pool("findings"), patient());
        finishedAfter(TASK_STARTS, pool, pool.hosts().disable(host(0)));
        pool.hosts().reboot(host(0));
        simulator().advance(REBOOTED);

        assertThat(pool.pool().observe().host(host(0)).orElseThrow().enabled()).isFalse();
        assertThat(finishedAfter(TASK_STARTS, pool, pool.hosts().enable(host(0))))
                .isEqualTo(new XapiTask.Failed("HOST_STILL_BOOTING", List.of()));

        simulator().advance(Duration.ofMinutes(1));
        assertThat(pool.hosts().observe(host(0)).enabled()).isTrue();
        assertThat(finishedAfter(TASK_STARTS, pool, pool.hosts().enable(host(0))))
                .as("once more")
                .isInstanceOf(XapiTask.Succeeded.class);
    }

    private XapiTask finishedAfter(Duration virtual, XapiPool pool, XapiTaskRef task) {
        simulator().advance(virtual);
        return pool.tasks().observe(task);
    }

    /** Finding 13: our own deadline, long before the server's. */
    @Test
    void questionToADeadMemberEndsInOurTime() {
        var pool = frozen(Scenario.pool("findings").hosts(2), SHORT);
        met(pool, 1);
        dies(1);

        assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                .isThrownBy(() -> pool.hosts().serverTime(host(1)))
                .satisfies(failure -> assertThat(failure.mayHaveHappened()).isTrue());
        met(pool, 0);
    }

    /** Finding 13: what was started is observed; nobody knows whether it happened. */
    @Test
    void workForADeadMemberIsStartedAtOnceAndItsOutcomeIsUnknown() {
        var pool = frozen(Scenario.pool("findings").hosts(2).update("REBOOT"), patient());
        var update = pool.pool().observe().updates().get(0).uuid();
        dies(1);

        var task = pool.poolUpdates().apply(update, host(1));
        simulator().advance(TASK_STARTS);
        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.Pending.class);
        simulator().advance(Duration.ofMinutes(2));

        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class);
        assertThat(actions()).doesNotContain(JournalAction.APPLY);
    }

    /** Finding 13: one member that can't be asked for its certificate does not hold up the look at the pool. */
    @Test
    void poolIsSeenAlthoughAMemberDoesNotTellItsCertificate() {
        var learnt = frozen(Scenario.pool("findings").hosts(2), patient()).access();
        var pins =
                learnt.pins().stream().filter(pin -> pin.host().equals(host(0))).toList();
        dies(1);

        var pool = open(new PoolAccess(endpoint(0), credentials(), pins, null), patient());

        assertThat(pool.pool().observe().hosts()).hasSize(2);
        assertThat(pool.access().pins()).extracting(HostPin::host).containsExactly(host(0));
    }

    /** Trap 8, and the tasks of a member that restarts. */
    @Test
    void taskOfAMemberWhoseToolstackRestartsIsNoCancelledTask() {
        var pool = frozen(Scenario.pool("findings").hosts(2).update("REBOOT"), patient());
        var update = pool.pool().observe().updates().get(0).uuid();
        var task = pool.poolUpdates().apply(update, host(1));
        simulator().advance(TASK_STARTS);
        pool.hosts().restartToolstack(host(1));
        simulator().advance(Duration.ofSeconds(30));

        assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class);
    }

    /** The tasks of a coordinator that restarts are not even records any more. */
    @Test
    void taskOfACoordinatorWhoseToolstackRestartsIsUnknown() {
        var pool = frozen(Scenario.pool("findings").update("REBOOT"), patient());
        var update = pool.pool().observe().updates().get(0).uuid();
        var task = pool.poolUpdates().apply(update, host(0));
        pool.hosts().restartToolstack(host(0));
        simulator().advance(Duration.ofSeconds(30));

        await().ignoreExceptionsInstanceOf(XapiFailure.class)
                .untilAsserted(
                        () -> assertThat(pool.tasks().observe(task)).isInstanceOf(XapiTask.OutcomeUnknown.class));
        assertThat(pool.tasks().all()).extracting(record -> record.ref()).doesNotContain(task);
    }
}
