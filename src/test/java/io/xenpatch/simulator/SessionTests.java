package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

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
}
