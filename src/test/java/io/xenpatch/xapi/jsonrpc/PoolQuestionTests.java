package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool is asked about its user, the certificates of its hosts and their room for updates. */
class PoolQuestionTests {
    private static final String OWN = "session.get_record";
    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));

    private final ScriptedTransport server = new ScriptedTransport();

    private XapiPool open() {
        return new JsonRpcConnections(server, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false))
                .open(new PoolAccess(
                        new Endpoint("pool", 443, true), new Credentials("root", "secret"), List.of(), null));
    }

    private void says(String message, String result) {
        server.says(message, "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":1}");
    }

    @Test
    void localSuperuserMayDoEverythingAlthoughItsListIsEmpty() {
        says(OWN, "{\"is_local_superuser\":true,\"rbac_permissions\":[]}");

        assertThat(open().pool().permissions()).isEqualTo(Permissions.EVERYTHING);
        assertThat(server.parameters(OWN)).isEqualTo("[\"session\",\"session\"]");
    }

    @Test
    void othersMayDoWhatIsListed() {
        says(OWN, "{\"is_local_superuser\":false,\"rbac_permissions\":[\"host.reboot\",\"http/get_updates\"]}");

        assertThat(open().pool().permissions()).isEqualTo(Permissions.of(List.of("http/get_updates", "host.reboot")));
    }

    @Test
    void sessionIsAskedAboutThatIsInUseAfterItWasRenewed() {
        server.replace("session.login_with_password")
                .answers("session.login_with_password", "first")
                .answers("session.login_with_password", "second")
                .refuses(OWN, "SESSION_INVALID", "first");
        says(OWN, "{\"is_local_superuser\":true}");

        assertThat(open().pool().permissions()).isEqualTo(Permissions.EVERYTHING);
        assertThat(server.parameters(OWN)).isEqualTo("[\"second\",\"second\"]");
    }

    @Test
    void sessionThatTellsNoPermissionsIsNoAnswer() {
        says(OWN, "{\"is_local_superuser\":false}");

        assertThatThrownBy(() -> open().pool().permissions()).isInstanceOf(XapiFailure.AnswerLost.class);
    }

    @Test
    void earliestEndOfAHostsOwnCertificatesCounts() {
        says("Certificate.get_all_records", """
                {"a":{"host":"OpaqueRef:h","type":"host","not_after":"20270101T00:00:00Z"},
                 "b":{"host":"OpaqueRef:h","type":"host","not_after":"20261201T00:00:00Z"},
                 "c":{"host":"OpaqueRef:h","type":"host_internal","not_after":"20260101T00:00:00Z"},
                 "d":{"host":"OpaqueRef:NULL","type":"ca","not_after":"20260101T00:00:00Z"},
                 "e":{"host":"OpaqueRef:old","not_after":"20280101T00:00:00Z"},
                 "f":{"host":"OpaqueRef:unset","type":"host","not_after":"19700101T00:00:00Z"}}""");
        says(
                "host.get_all_records",
                "{\"OpaqueRef:h\":{\"uuid\":\"" + uuid(1) + "\"},\"OpaqueRef:old\":{\"uuid\":\"" + uuid(2)
                        + "\"},\"OpaqueRef:unset\":{\"uuid\":\"" + uuid(3) + "\"}}");

        assertThat(open().pool().certificatesEnd())
                .containsEntry(HOST, Instant.parse("2026-12-01T00:00:00Z"))
                .containsEntry(new HostUuid(uuid(2)), Instant.parse("2028-01-01T00:00:00Z"))
                .hasSize(2);
    }

    private static UUID uuid(long number) {
        return new UUID(0, number);
    }

    @Test
    void roomForUpdatesIsAskedOfThePlugin() {
        server.answers("host.get_by_uuid", "OpaqueRef:host").answers("Async.host.call_plugin", "OpaqueRef:task");

        assertThat(open().hosts().askFreeDiskSpace(HOST).value()).isEqualTo("OpaqueRef:task");
        assertThat(server.parameters("Async.host.call_plugin"))
                .isEqualTo("[\"session\",\"OpaqueRef:host\",\"disk-space\",\"get_avail_host_disk_space\",{}]");
        assertThat(open().hosts().freeDiskSpace(new XapiTask.Succeeded("<value>4096\n</value>")))
                .isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<value>plenty</value>", "<value></value>", "<value>4.5</value>"})
    void roomThatIsNoNumberIsNoAnswer(String result) {
        assertThatThrownBy(() -> open().hosts().freeDiskSpace(new XapiTask.Succeeded(result)))
                .isInstanceOf(XapiFailure.AnswerLost.class);
    }
}
