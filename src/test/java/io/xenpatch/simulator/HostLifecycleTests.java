package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.simulator.model.Profile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are disabled, reboot, restart their toolstack. */
class HostLifecycleTests extends SimulatorTest {
    private static final Duration SHUTDOWN = Duration.ofSeconds(11);
    private static final Duration BOOT = Duration.ofMinutes(3);
    private static final Duration STILL_BOOTING = Duration.ofSeconds(15);

    private String otherConfig(int host, String key) {
        return client().map("host.get_other_config", client().host(host)).getOrDefault(key, "");
    }

    private boolean live(int host) {
        var metrics = client().text("host.get_metrics", client().host(host));
        return client().call("host_metrics.get_live", metrics).booleanValue();
    }

    private boolean enabled(int host) {
        return client().call("host.get_enabled", client().host(host)).booleanValue();
    }

    @Test
    void refusesToRebootEnabledHost() {
        start(Scenario.pool("hosts"));

        assertThat(client().failure("host.reboot", client().host(0))).containsExactly("HOST_NOT_DISABLED");
    }

    @Test
    void disablesAndEnablesAgainAndAgain() {
        start(Scenario.pool("hosts"));

        client().call("host.disable", client().host(0));
        client().call("host.disable", client().host(0));
        assertThat(client().call("host.get_allowed_operations", client().host(0))
                        .toString())
                .contains("reboot");
        client().call("host.enable", client().host(0));

        assertThat(actions()).containsExactly(JournalAction.DISABLE, JournalAction.ENABLE);
        assertThat(client().call("host.get_allowed_operations", client().host(0))
                        .toString())
                .doesNotContain("reboot");
    }

    /** From xapi 25.31. */
    @ParameterizedTest
    @ValueSource(strings = {"host.reboot", "host.restart_agent"})
    void staysDisabledUntilItIsEnabledWhereItWasToldTo(String restart) {
        start(Scenario.pool("hosts").profile(Profile.XENSERVER_8).hosts(3).host(2, HostScenario::disabledUntilEnabled));
        client().call("host.disable", client().host(0), false);
        client().call("host.disable", client().host(0), true);
        client().call("host.disable", client().host(1), true);
        client().call(restart, client().host(1));
        client().call(restart, client().host(2));
        client().call(restart, client().host(0));
        advance(Duration.ofMinutes(6));
        reconnect();

        assertThat(List.of(enabled(0), enabled(1), enabled(2))).containsExactly(false, true, false);
        client().call("host.enable", client().host(0));
        client().call("host.disable", client().host(0));
        client().call(restart, client().host(0));
        advance(Duration.ofMinutes(6));
        reconnect();
        assertThat(enabled(0)).isTrue();
    }

    @Test
    void olderToolstackKnowsNothingOfStayingDisabled() {
        start(Scenario.pool("hosts"));

        assertThat(client().failure("host.disable", client().host(0), false))
                .containsExactly("MESSAGE_PARAMETER_COUNT_MISMATCH", "host.disable", "1", "2");
        assertThat(enabled(0)).isTrue();
        assertThatThrownBy(() -> start(Scenario.pool("old").host(0, HostScenario::disabledUntilEnabled)))
                .isInstanceOf(InvalidScenario.class);
    }

    @Test
    void supporterGoesAwayAndComesBackStepByStep() {
        start(Scenario.pool("hosts").hosts(2));
        var bootedBefore = otherConfig(1, "boot_time");
        client().call("host.disable", client().host(1));
        var task = runWell(Duration.ofSeconds(1), "host.reboot", client().host(1));
        assertThat(task.get("result").stringValue()).isEqualTo("<value></value>");
        assertThat(live(1)).isTrue();

        advance(SHUTDOWN);
        assertThat(live(1)).isFalse();
        assertThat(client().failure("host.get_servertime", client().host(1)))
                .containsExactly("HOST_OFFLINE", client().host(1));
        assertThatThrownBy(() -> new SimulatedClient(pool(), "127.0.0.2").login())
                .isInstanceOf(SimulatedClient.Unreachable.class);

        advance(BOOT);
        assertThat(new SimulatedClient(pool(), "127.0.0.2")
                        .raw("host.get_all", "x")
                        .toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":[\"HOST_STILL_BOOTING\"],\"id\":0}");

        advance(STILL_BOOTING);
        assertThat(live(1)).isTrue();
        assertThat(enabled(1)).isFalse();
        assertThat(otherConfig(1, "boot_time")).isGreaterThan(bootedBefore);
        assertThat(client().failure("host.enable", client().host(1))).containsExactly("HOST_STILL_BOOTING");

        advance(Duration.ofSeconds(30));
        assertThat(enabled(1)).isTrue();
        assertThat(actionsOn(1))
                .containsExactly(
                        JournalAction.DISABLE,
                        JournalAction.REBOOT_STARTED,
                        JournalAction.REBOOT_FINISHED,
                        JournalAction.PBD_PLUGGED,
                        JournalAction.PBD_PLUGGED,
                        JournalAction.ENABLE);
    }

    @Test
    void coordinatorTakesApiSessionsTasksAndTokensWithIt() {
        start(Scenario.pool("hosts").hosts(2));
        var waiting = client().callLater("event.from", List.of("nothing"), "", 9.0);
        var token =
                client().call("event.from", List.of("*"), "", 1.0).get("token").stringValue();
        var task = client().text("task.create", "mine", "");
        client().call("host.disable", client().host(0));
        client().call("host.reboot", client().host(0));

        advance(SHUTDOWN);
        assertThatThrownBy(() -> client().call("host.get_all")).isInstanceOf(SimulatedClient.Unreachable.class);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(java.io.IOException.class);

        advance(BOOT);
        assertThat(client().failure("host.get_all")).containsExactly("HOST_STILL_BOOTING");

        advance(STILL_BOOTING);
        assertThat(client().failure("host.get_all")).containsExactly("SESSION_INVALID", client().session());
        client().login();
        assertThat(client().failure("task.get_record", task)).containsExactly("HANDLE_INVALID", "task", task);
        assertThat(client().call("event.from", List.of("*"), "", 1.0)
                        .get("token")
                        .stringValue())
                .isLessThan(token);
    }

    @Test
    void journalIsReadableWhileTheCoordinatorIsAway() {
        start(Scenario.pool("hosts"));
        client().call("host.disable", client().host(0));
        client().call("host.reboot", client().host(0));
        advance(SHUTDOWN);

        var answer = client().get("/simulator/journal?poolUuid=" + pool().poolUuid() + "&after=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(answer.body()).contains("\"action\":\"REBOOT_STARTED\"", "\"position\":2", hostUuid(0));
    }

    @Test
    void leftoverGuestsAreShutDownTheHardWay() {
        start(Scenario.pool("hosts").vmsEach(1));
        client().call("host.disable", client().host(0));
        client().call("host.reboot", client().host(0));

        advance(SHUTDOWN);

        assertThat(journal())
                .anyMatch(entry -> entry.action() == JournalAction.VM_SHUTDOWN
                        && entry.detail().equals("host reboot"));
    }

    @Test
    void guestsStartAgainWhereThePoolSaysSo() {
        start(Scenario.pool("hosts").vmsEach(1).autoPoweron());
        client().call("host.disable", client().host(0));
        client().call("host.reboot", client().host(0));

        advance(Duration.ofMinutes(5));

        var again = SimulatedClient.of(pool());
        assertThat(again.text("VM.get_power_state", again.named("VM", "vm-1-1")))
                .isEqualTo("Running");
    }

    @Test
    void secondRebootWaitsAndThenHappens() {
        start(Scenario.pool("hosts").hosts(2));
        client().call("host.disable", client().host(1));
        client().call("host.reboot", client().host(1));

        var second = client().text("Async.host.reboot", client().host(1));
        advance(Duration.ofMinutes(10));

        assertThat(actionsOn(1))
                .filteredOn(action -> action == JournalAction.REBOOT_STARTED)
                .hasSize(2);
        assertThat(task(second).get("status").stringValue()).isEqualTo("success");
    }

    @Test
    void toolstackRestartOfSupporterKeepsSessionsAndGuests() {
        start(Scenario.pool("hosts").hosts(2).vmsEach(1));
        var before = otherConfig(1, "agent_start_time");
        var booted = otherConfig(1, "boot_time");

        runWell(Duration.ofSeconds(2), "host.restart_agent", client().host(1));
        assertThat(live(1)).isFalse();
        advance(Duration.ofSeconds(25));

        assertThat(enabled(1)).isTrue();
        assertThat(otherConfig(1, "agent_start_time")).isGreaterThan(before);
        assertThat(otherConfig(1, "boot_time")).isEqualTo(booted);
        assertThat(client().text("VM.get_power_state", client().named("VM", "vm-2-1")))
                .isEqualTo("Running");
        assertThat(actionsOn(1)).containsExactly(JournalAction.TOOLSTACK_RESTARTED, JournalAction.ENABLE);
    }

    @Test
    void toolstackRestartOfSupporterCancelsItsTasksWithoutReason() {
        start(Scenario.pool("hosts").hosts(2).update("REBOOT"));
        var apply = client().text("Async.pool_update.apply", client().named("pool_update", "REBOOT"), client().host(1));
        advance(Duration.ofSeconds(5));
        client().call("host.restart_agent", client().host(1));

        advance(Duration.ofSeconds(10));
        assertThat(task(apply).get("status").stringValue()).isEqualTo("pending");
        advance(Duration.ofSeconds(90));

        assertThat(task(apply).get("status").stringValue()).isEqualTo("cancelled");
        assertThat(errorInfo(task(apply))).isEmpty();
        assertThat(client().call("host.get_updates", client().host(1)).size()).isZero();
    }

    @Test
    void toolstackRestartOfCoordinatorEndsSessions() {
        start(Scenario.pool("hosts"));
        client().call("host.restart_agent", client().host(0));
        advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> client().call("host.get_all")).isInstanceOf(SimulatedClient.Unreachable.class);

        advance(Duration.ofSeconds(20));

        assertThat(client().failure("host.get_all")).containsExactly("SESSION_INVALID", client().session());
        assertThat(client().login().call("host.get_enabled", client().host(0)).booleanValue())
                .isTrue();
    }

    @Test
    void powersOnOnlyWhereAModeIsSet() {
        start(Scenario.pool("hosts").hosts(2));
        assertThat(client().failure("host.power_on", client().host(1)))
                .containsExactly("HOST_IS_LIVE", client().host(1));
        client().call("host.disable", client().host(1));
        client().call("host.shutdown", client().host(1));
        advance(SHUTDOWN);

        assertThat(client().failure("host.power_on", client().host(1))).containsExactly("HOST_POWER_ON_MODE_DISABLED");
        client().call("host.set_power_on_mode", client().host(1), "wake-on-lan", java.util.Map.of());
        client().call("host.power_on", client().host(1));
        advance(Duration.ofMinutes(5));

        assertThat(live(1)).isTrue();
    }

    @Test
    void highAvailabilityKeepsEnoughHostsEnabled() {
        start(Scenario.pool("hosts").hosts(3).haEnabled());
        client().call("host.disable", client().host(2));

        assertThat(client().failure("host.disable", client().host(1)))
                .containsExactly("HA_OPERATION_WOULD_BREAK_FAILOVER_PLAN");
    }

    @Test
    void highAvailabilityGoesOffAndOn() {
        start(Scenario.pool("hosts").hosts(2).haEnabled());
        var pool = client().call("pool.get_all").get(0).stringValue();
        var storage = client().text(
                        "VDI.get_SR",
                        client().call("pool.get_ha_statefiles", pool).get(0).stringValue());

        runWell(Duration.ofSeconds(20), "pool.disable_ha");
        assertThat(client().call("pool.get_ha_enabled", pool).booleanValue()).isFalse();
        runWell(Duration.ofSeconds(20), "pool.enable_ha", List.of(storage), java.util.Map.of("timeout", "60"));
        client().call("pool.set_ha_host_failures_to_tolerate", pool, 1);

        assertThat(client().call("pool.get_ha_enabled", pool).booleanValue()).isTrue();
        assertThat(client().map("pool.get_ha_configuration", pool)).containsEntry("timeout", "60");
        assertThat(actions()).containsOnly(JournalAction.HA_CHANGED);
    }

    @Test
    void anotherCoordinatorServesThePoolAfterAllToolstacksRestarted() {
        start(Scenario.pool("moved").hosts(3));
        var next = client().host(1);
        client().call("pool.designate_new_master", next);

        advance(Duration.ofMinutes(1));

        var former = new SimulatedClient(pool(), pool().hosts().get(0).address());
        assertThat(former.failure("pool.get_all"))
                .containsExactly("HOST_IS_SLAVE", pool().hosts().get(1).address());
        var moved = new SimulatedClient(pool(), pool().hosts().get(1).address()).login();
        var record = moved.call("pool.get_all_records").values().iterator().next();
        assertThat(record.get("master").stringValue()).isEqualTo(next);
        for (int host = 0; host < 3; host++) {
            assertThat(actionsOn(host)).contains(JournalAction.TOOLSTACK_RESTARTED, JournalAction.ENABLE);
        }
        assertThat(actionsOn(1)).contains(JournalAction.COORDINATOR_CHANGED);
    }

    @Test
    void refusesACoordinatorThatIsDisabled() {
        start(Scenario.pool("moved").hosts(2).host(1, host -> host.disabled()));

        assertThat(client().failure("pool.designate_new_master", client().host(1)))
                .containsExactly("HOST_DISABLED", client().host(1));
    }
}
