package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.model.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions and roles of hosts. */
class SessionTests extends SimulatorTest {

    @Test
    void logsInWithTwoOrFourParameters() {
        start(Scenario.pool("sessions"));

        assertThat(client().raw("session.login_with_password", "root", "simulated", "1.0", "test")
                        .get("result")
                        .stringValue())
                .startsWith("OpaqueRef:");
    }

    @Test
    void refusesWrongPassword() {
        start(Scenario.pool("sessions").credentials("admin", "secret"));

        assertThat(client().raw("session.login_with_password", "admin", "wrong")
                        .at("/error/message")
                        .stringValue())
                .isEqualTo("SESSION_AUTHENTICATION_FAILED");
    }

    @Test
    void forgetsSessionAfterLogout() {
        start(Scenario.pool("sessions"));
        client().call("session.logout");

        assertThat(client().failure("host.get_all")).containsExactly("SESSION_INVALID", client().session());
    }

    @Test
    void supporterNamesCoordinatorBeforeItLooksAtThePassword() {
        start(Scenario.pool("sessions").hosts(2));
        var supporter = new SimulatedClient(pool(), "127.0.0.2");

        assertThat(supporter.raw("session.login_with_password", "root", "wrong").toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"HOST_IS_SLAVE\","
                        + "\"data\":[\"127.0.0.1\"]},\"id\":7}");
        assertThat(supporter
                        .raw("host.get_all", client().session())
                        .at("/error/message")
                        .stringValue())
                .isEqualTo("HOST_IS_SLAVE");
    }

    @Test
    void tellsServerTime() {
        start(Scenario.pool("sessions"));

        assertThat(client().text("host.get_servertime", client().host(0))).isEqualTo("20261124T06:00:00Z");
        assertThat(client().text("host.get_server_localtime", client().host(0))).isEqualTo("20261124T06:00:00");
    }

    @Test
    void understandsUnderscoreSpelling() {
        start(Scenario.pool("sessions"));

        assertThat(client().call("host_get_all").size()).isEqualTo(1);
    }

    @Test
    void endsASessionThatWasIdleForADay() {
        start(Scenario.pool("sessions"));
        advance(Duration.ofHours(23));
        client().call("host.get_all");
        advance(Duration.ofHours(23));
        client().call("host.get_all");

        advance(Duration.ofHours(24).plusSeconds(1));

        assertThat(client().failure("host.get_all")).containsExactly("SESSION_INVALID", client().session());
    }

    @Test
    void dropsTheSessionThatWasIdleLongestWhenAnOriginatorHasFiveHundred() {
        start(Scenario.pool("sessions"));
        var first = open("portal");
        advance(Duration.ofMinutes(1));
        var second = open("portal");
        for (int i = 2; i < 500; i++) {
            open("portal");
        }
        advance(Duration.ofSeconds(1));
        assertThat(answers(first)).isTrue();

        open("portal");

        assertThat(answers(second)).isFalse();
        assertThat(answers(first)).isTrue();
        assertThat(client().call("host.get_all").size()).isEqualTo(1);
    }

    private String open(String originator) {
        return client().raw("session.login_with_password", "root", "simulated", "1.0", originator)
                .get("result")
                .stringValue();
    }

    private boolean answers(String session) {
        return client().raw("host.get_all", session).has("result");
    }

    @Test
    void readerLooksAndChangesNothing() {
        start(withUsers());
        var reader = client().as("reader", "look");
        var host = reader.host(0);

        assertThat(reader.call("host.get_all_records").size()).isEqualTo(1);
        assertThat(reader.failure("host.disable", host)).startsWith("RBAC_PERMISSION_DENIED", "host.disable");
        assertThat(reader.failure("Async.host.disable", host)).startsWith("RBAC_PERMISSION_DENIED", "host.disable");
        assertThat(reader.failure("pool.set_name_label", host, "x"))
                .startsWith("RBAC_PERMISSION_DENIED", "pool.set_name_label");
        assertThat(reader.failure("VM.add_to_other_config", host, "a", "b"))
                .startsWith("RBAC_PERMISSION_DENIED", "vm.add_to_other_config");
        assertThat(client().call("host.get_enabled", host).booleanValue()).isTrue();
    }

    @Test
    void operatorOfThePoolDoesAllButWhatIsForAdministratorsAndRoot() {
        start(withUsers());
        var operator = client().as("operator", "work");
        var host = operator.host(0);

        operator.call("host.disable", host);
        assertThat(operator.failure("host.call_plugin", host, "a", "b", Map.of()))
                .startsWith("RBAC_PERMISSION_DENIED", "host.call_plugin");
        assertThat(operator.failure("session.change_password", "a", "b"))
                .startsWith("RBAC_PERMISSION_DENIED", "session.change_password");
        assertThat(client().failure("host.call_plugin", host, "a", "b", Map.of()))
                .as("root")
                .startsWith("XENAPI_MISSING_PLUGIN");
    }

    @Test
    void sessionTellsWhatItsUserMay() {
        start(withUsers());
        var operator = client().as("operator", "work");

        var told = operator.call("session.get_rbac_permissions", operator.session());
        assertThat(told.toString())
                .contains(
                        "\"host.get_all_records\"",
                        "\"host.disable\"",
                        "\"vm.pool_migrate\"",
                        "\"pool.set_name_label\"")
                .doesNotContain("\"host.call_plugin\"", "\"session.change_password\"");
        assertThat(operator.call("session.get_is_local_superuser", operator.session())
                        .booleanValue())
                .isFalse();
        assertThat(client().call("session.get_rbac_permissions", client().session())
                        .size())
                .as("root's")
                .isZero();
    }

    @Test
    void onlyAnOperatorTouchesTasksOfOthers() {
        start(withUsers());
        var reader = client().as("reader", "look");
        var roots = client().text("task.create", "root's", "");
        var own = reader.text("task.create", "own", "");

        assertThat(reader.failure("task.destroy", roots)).startsWith("RBAC_PERMISSION_DENIED", "task.destroy");
        assertThat(reader.failure("task.cancel", roots)).startsWith("RBAC_PERMISSION_DENIED", "task.cancel");
        reader.call("task.destroy", own);
        client().as("operator", "work").call("task.destroy", roots);
    }

    private static PoolScenario withUsers() {
        return Scenario.pool("sessions")
                .user("reader", "look", Role.READ_ONLY)
                .user("operator", "work", Role.POOL_OPERATOR);
    }
}
