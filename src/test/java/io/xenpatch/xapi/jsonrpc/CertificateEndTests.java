package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.HostUuid;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Until when the certificates of hosts are valid. */
class CertificateEndTests extends AdapterTest {

    /** Before XAPI's release stockholm the coordinator keeps no records; the hosts tell it themselves. */
    @Test
    void isReadFromTheHostsOwnCertificateWhereTheServerKeepsNoRecords() {
        start(Scenario.pool("old").hosts(6));
        simulator()
                .inject(Fault.on(description().poolUuid(), FaultKind.API_ERROR)
                        .forMethod("Certificate.get_all_records")
                        .failingWith("MESSAGE_METHOD_UNKNOWN", "Certificate.get_all_records"));

        var ends = open().pool().certificatesEnd();

        assertThat(ends.keySet())
                .containsExactlyInAnyOrderElementsOf(description().hosts().stream()
                        .map(host -> HostUuid.of(host.uuid()))
                        .toList());
        assertThat(ends.values())
                .allSatisfy(end -> assertThat(end)
                        .isBetween(
                                Instant.now().plus(Duration.ofDays(3600)),
                                Instant.now().plus(Duration.ofDays(3700))));
    }
}
