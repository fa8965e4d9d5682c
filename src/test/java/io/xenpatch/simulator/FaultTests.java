package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on demand. */
class FaultTests extends SimulatorTest {

    private Fault fault(FaultKind kind) {
        return Fault.on(pool().poolUuid(), kind);
    }

    private boolean enabled() {
        return client().call("host.get_enabled", client().host(0)).booleanValue();
    }

    @Test
    void resetAfterTheCallLosesOnlyTheAnswer() {
        start(Scenario.pool("faults"));
        var host = client().host(0);
        simulator().inject(fault(FaultKind.CONNECTION_RESET).forMethod("host.disable"));

        assertThatThrownBy(() -> client().call("host.disable", host)).isInstanceOf(SimulatedClient.Unreachable.class);

        assertThat(enabled()).isFalse();
    }

    @Test
    void resetBeforeTheCallLosesTheCall() {
        start(Scenario.pool("faults"));
        var host = client().host(0);
        simulator().inject(fault(FaultKind.DROP_BEFORE).forMethod("host.disable"));

        assertThatThrownBy(() -> client().call("host.disable", host)).isInstanceOf(SimulatedClient.Unreachable.class);

        assertThat(enabled()).isTrue();
    }

    @Test
    void halfAnAnswerIsNoAnswer() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.HALF_ANSWER));

        assertThatThrownBy(() -> client().call("host.get_all")).isInstanceOf(SimulatedClient.Unreachable.class);
        assertThat(client().call("host.get_all").size()).isEqualTo(1);
    }

    @Test
    void garbageAndServerErrorsComeAsHttp() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.GARBAGE));
        simulator().inject(fault(FaultKind.HTTP_500));
        var body = "{\"jsonrpc\":\"2.0\",\"method\":\"host.get_all\",\"params\":[\"x\"],\"id\":1}";

        assertThat(client().send("/jsonrpc", body).body()).isEqualTo("<!-- not json -->");
        assertThat(client().send("/jsonrpc", body).statusCode()).isEqualTo(500);
        assertThat(client().send("/jsonrpc", body).body()).contains("SESSION_INVALID");
    }

    @Test
    void hangGivesNoByte() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.HANG));

        var answer = client().callLater("host.get_all");

        assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void slowAnswerComesInTheEnd() throws ExecutionException, InterruptedException {
        start(Scenario.of(Scenario.pool("faults")), SimulatorSettings.atSpeed(100));
        simulator().inject(fault(FaultKind.SLOW_ANSWER).lasting(Duration.ofSeconds(20)));
        var start = System.nanoTime();

        assertThat(client().callLater("host.get_all").get().has("result")).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void strikesAfterSomeCallsAndSomeTimes() {
        start(Scenario.pool("faults"));
        var host = client().host(0);
        simulator()
                .inject(fault(FaultKind.API_ERROR)
                        .forMethod("host.get_enabled")
                        .after(1)
                        .times(2)
                        .failingWith("RBAC_PERMISSION_DENIED", "host.get_enabled"));

        assertThat(client().call("host.get_enabled", host).booleanValue()).isTrue();
        assertThat(client().failure("host.get_enabled", host))
                .containsExactly("RBAC_PERMISSION_DENIED", "host.get_enabled");
        assertThat(client().failure("host.get_enabled", host)).hasSize(2);
        assertThat(client().call("host.get_enabled", host).booleanValue()).isTrue();
    }

    @Test
    void errorOfAnAsyncCallIsInItsTask() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.API_ERROR).forMethod("host.disable").failingWith("HOST_BROKEN"));

        assertThat(errorInfo(run(Duration.ofSeconds(1), "host.disable", client().host(0))))
                .containsExactly("HOST_BROKEN");
    }

    @Test
    void lostSessionIsInvalid() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.SESSION_LOST));

        assertThat(client().failure("host.get_all")).containsExactly("SESSION_INVALID", client().session());
    }

    @Test
    void lostTaskDoesItsWork() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.TASK_LOST).forMethod("host.disable"));
        var task = client().text("Async.host.disable", client().host(0));
        advance(Duration.ofSeconds(1));

        assertThat(client().failure("task.get_record", task)).containsExactly("HANDLE_INVALID", "task", task);
        assertThat(enabled()).isFalse();
    }

    @Test
    void stuckTaskStaysPending() {
        start(Scenario.pool("faults"));
        simulator().inject(fault(FaultKind.TASK_STUCK).forMethod("host.disable"));

        assertThat(run(Duration.ofMinutes(5), "host.disable", client().host(0))
                        .get("status")
                        .stringValue())
                .isEqualTo("pending");
        assertThat(enabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PRECHECK_FAILS, UPDATE_PRECHECK_FAILED_UNKNOWN_ERROR", "APPLY_FAILS, UPDATE_APPLY_FAILED"})
    void updateFails(FaultKind kind, String code) {
        start(Scenario.pool("faults").update("LIVE"));
        simulator().inject(fault(kind));

        var task = run(
                Duration.ofMinutes(2), "pool_update.apply", client().named("pool_update", "LIVE"), client().host(0));

        assertThat(errorInfo(task)).startsWith(code);
        assertThat(client().call("host.get_updates", client().host(0)).size()).isZero();
    }

    @Test
    void livePatchFailsInReality() {
        start(Scenario.pool("faults").update("LIVE"));
        simulator().inject(fault(FaultKind.LIVE_PATCH_FAILS).onHost(hostUuid(0)));

        runWell(Duration.ofMinutes(2), "pool_update.apply", client().named("pool_update", "LIVE"), client().host(0));

        assertThat(client().call("host.get_updates_requiring_reboot", client().host(0))
                        .size())
                .isEqualTo(1);
        assertThat(actions()).contains(JournalAction.LIVE_PATCH_FAILED);
    }

    private void reboot(int host) {
        client().call("host.disable", client().host(host));
        client().call("host.reboot", client().host(host));
    }

    @Test
    void hostNeverReturns() {
        start(Scenario.pool("faults").hosts(2));
        simulator().inject(fault(FaultKind.HOST_NEVER_RETURNS).onHost(hostUuid(1)));
        reboot(1);

        advance(Duration.ofDays(1));

        assertThat(actionsOn(1)).doesNotContain(JournalAction.REBOOT_FINISHED);
    }

    @Test
    void hostReturnsLate() {
        start(Scenario.pool("faults").hosts(2));
        simulator().inject(fault(FaultKind.HOST_RETURNS_LATE).lasting(Duration.ofHours(1)));
        reboot(1);

        advance(Duration.ofMinutes(50));
        assertThat(actionsOn(1)).doesNotContain(JournalAction.REBOOT_FINISHED);
        advance(Duration.ofMinutes(20));

        assertThat(actionsOn(1)).contains(JournalAction.REBOOT_FINISHED);
    }

    @Test
    void sharedStorageIsMissingAfterTheBoot() {
        start(Scenario.pool("faults").hosts(2));
        simulator().inject(fault(FaultKind.STORAGE_MISSING).onHost(hostUuid(1)));
        reboot(1);
        advance(Duration.ofMinutes(5));

        var detached = client().call("PBD.get_all_where", "field \"currently_attached\" = \"false\"");
        assertThat(detached.size()).isEqualTo(1);
        runWell(Duration.ofMinutes(1), "PBD.plug", detached.get(0).stringValue());
    }

    @Test
    void deadHostCountsAsLiveForAWhile() {
        start(Scenario.pool("faults").hosts(2).vmsEach(1));
        simulator().inject(fault(FaultKind.HOST_DIES).onHost(hostUuid(1)).lasting(Duration.ofMinutes(30)));
        var metrics = client().text("host.get_metrics", client().host(1));
        assertThat(client().call("host_metrics.get_live", metrics).booleanValue())
                .isTrue();

        assertThat(errorInfo(run(Duration.ofMinutes(2), "host.disable", client().host(1))))
                .containsExactly("CANNOT_CONTACT_HOST", client().host(1));
        advance(Duration.ofMinutes(9));
        assertThat(client().call("host_metrics.get_live", metrics).booleanValue())
                .isFalse();
        advance(Duration.ofMinutes(25));

        assertThat(client().call("host_metrics.get_live", metrics).booleanValue())
                .isTrue();
        assertThat(client().text("VM.get_power_state", client().named("VM", "vm-2-1")))
                .isEqualTo("Halted");
    }

    @Test
    void refusesToEnableForAWhile() {
        start(Scenario.pool("faults").host(0, HostScenario::disabled));
        simulator().inject(fault(FaultKind.REFUSE_ENABLE).lasting(Duration.ofMinutes(2)));

        assertThat(client().failure("host.enable", client().host(0))).containsExactly("HOST_STILL_BOOTING");
        advance(Duration.ofMinutes(1));
        assertThat(client().failure("host.enable", client().host(0))).containsExactly("HOST_STILL_BOOTING");
        advance(Duration.ofMinutes(1));
        client().call("host.enable", client().host(0));
    }

    @Test
    void presentsAnotherCertificate() throws Exception {
        start(Scenario.pool("faults"));
        assertThat(SimulatorCommandTests.fingerprint(client().certificate())).isEqualTo(pool().tlsFingerprint());

        simulator().inject(fault(FaultKind.WRONG_CERTIFICATE));

        var again = SimulatedClient.of(pool());
        assertThat(SimulatorCommandTests.fingerprint(again.certificate())).isNotEqualTo(pool().tlsFingerprint());
        assertThat(again.text("host.get_server_certificate", again.host(0))).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void isInjectedOverHttpToo() {
        start(Scenario.pool("faults").hosts(2));
        var body =
                "{\"poolUuid\":\"%s\",\"hostUuid\":\"%s\",\"fault\":\"SESSION_LOST\",\"method\":\"host.get_all\",\"for\":\"PT5S\"}"
                        .formatted(pool().poolUuid(), hostUuid(0));

        assertThat(client().send("/simulator/faults", body).statusCode()).isEqualTo(201);
        assertThat(client().failure("host.get_all")).startsWith("SESSION_INVALID");
        assertThat(actions()).containsExactly(JournalAction.FAULT_INJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "nonsense",
                "{\"poolUuid\":\"POOL\",\"fault\":\"NO_SUCH_FAULT\"}",
                "{\"poolUuid\":\"nobody\",\"fault\":\"HANG\"}",
                "{\"poolUuid\":\"POOL\",\"hostUuid\":\"nobody\",\"fault\":\"HANG\"}",
                "{\"poolUuid\":\"POOL\",\"fault\":\"HOST_DIES\"}",
                "{\"poolUuid\":\"POOL\",\"fault\":\"EMERGENCY_TAKEOVER\"}",
                "{\"poolUuid\":\"POOL\",\"fault\":\"HANG\",\"times\":0}",
                "{\"poolUuid\":\"POOL\",\"fault\":\"HANG\",\"for\":\"soon\"}",
                "{\"poolUuid\":\"POOL\",\"fault\":\"HANG\",\"unknown\":1}"
            })
    void badFaultIsRefused(String body) {
        start(Scenario.pool("faults"));

        var answer = client().send("/simulator/faults", body.replace("POOL", pool().poolUuid()));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindCanBeInjected(FaultKind kind) {
        start(Scenario.pool("faults").hosts(2));

        simulator().inject(fault(kind).onHost(hostUuid(1)));

        assertThat(journal().get(0).subject()).isEqualTo(kind.name());
    }
}
