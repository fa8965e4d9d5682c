package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** From 8.2 on hosts no longer talk in old forms of TLS, so nothing may depend on it (xencenter.md §4.2). */
final class LegacySsl implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<String> hosts = situation.pool().hosts().stream()
                .filter(host -> host.retired().legacySsl())
                .map(HostSnapshot::name)
                .toList();
        return !hosts.isEmpty()
                        && situation.coordinator().hasPlatform(Platforms.NAPLES, Platforms.STOCKHOLM)
                        && situation.reaches("8.2")
                ? List.of(row(situation, hosts))
                : List.of();
    }

    private static PrecheckRow row(Situation situation, List<String> hosts) {
        return Finding.of("LEGACY_SSL_IN_USE", Severity.BLOCKING, situation)
                .with("hosts", hosts)
                .says(
                        "Hosts of pool " + situation.poolName()
                                + " still accept legacy SSL, which the new version does not have: "
                                + String.join(", ", hosts),
                        "Clients that need it could no longer connect. Turn legacy SSL off first and see that all clients still work.");
    }
}
