package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** XCP-ng: what is sent to the updater plugin and written down beside it. */
class PackageTests {
    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));

    private final ScriptedTransport server = new ScriptedTransport()
            .answers("host.get_by_uuid", "OpaqueRef:host")
            .answers("Async.host.call_plugin", "OpaqueRef:task")
            .answers("host.remove_from_other_config", "");

    private XapiPool open() {
        return new JsonRpcConnections(server, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), false))
                .open(new PoolAccess(
                        new Endpoint("pool", 443, true), new Credentials("root", "secret"), List.of(), null));
    }

    private List<String> written() {
        return server.sent().stream()
                .filter(each -> each.endsWith("other_config"))
                .map(each -> each.substring(each.indexOf(' ') + 1))
                .toList();
    }

    @Test
    void pluginIsCalledWithoutArguments() {
        var pool = open();

        pool.packages().checkUpdate(HOST);
        assertThat(server.parameters("Async.host.call_plugin"))
                .isEqualTo("[\"session\",\"OpaqueRef:host\",\"updater.py\",\"check_update\",{}]");

        pool.packages().update(HOST);
        assertThat(server.parameters("Async.host.call_plugin"))
                .isEqualTo("[\"session\",\"OpaqueRef:host\",\"updater.py\",\"update\",{}]");
    }

    @Test
    void entryReplacesTheOneThatWasThere() {
        server.answers("host.add_to_other_config", "");

        open().packages().write(HOST, "rpm_patch_installation_time", "2000.000");

        assertThat(written()).containsExactly("host.remove_from_other_config", "host.add_to_other_config");
        assertThat(server.parameters("host.add_to_other_config"))
                .isEqualTo("[\"session\",\"OpaqueRef:host\",\"rpm_patch_installation_time\",\"2000.000\"]");
    }

    @Test
    void entryThatAnotherClientWroteInBetweenIsReplacedToo() {
        server.refuses("host.add_to_other_config", "MAP_DUPLICATE_KEY", "host", "other_config", "key", "theirs")
                .answers("host.add_to_other_config", "");

        open().packages().write(HOST, "key", "ours");

        assertThat(written()).hasSize(4);
    }

    @Test
    void entryThatStaysAnotherClientsIsRefused() {
        server.refuses("host.add_to_other_config", "MAP_DUPLICATE_KEY", "host", "other_config", "key", "theirs");

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> open().packages().write(HOST, "key", "ours"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo("MAP_DUPLICATE_KEY"));
        assertThat(written()).hasSize(4);
    }

    @Test
    void otherRefusalsAreNotTriedAgain() {
        server.refuses("host.add_to_other_config", "RBAC_PERMISSION_DENIED", "host.add_to_other_config");

        assertThatExceptionOfType(XapiFailure.Refused.class)
                .isThrownBy(() -> open().packages().write(HOST, "key", "ours"));
        assertThat(written()).hasSize(2);
    }
}
