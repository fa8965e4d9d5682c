package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** From 8.2 on hosts can't be switched on by way of iLO any more (xencenter.md §4.2). */
final class RemotePowerOn implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.reaches("8.2")
                ? situation.applying().stream()
                        .map(HostPlan::hostUuid)
                        .map(situation::host)
                        .filter(host -> !host.retired().powerOnMode().isEmpty())
                        .filter(host -> host.hasPlatform(Platforms.NAPLES, Platforms.STOCKHOLM))
                        .map(host -> row(situation, host))
                        .toList()
                : List.of();
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        String mode = host.retired().powerOnMode();
        return Finding.of("POWER_ON_MODE_SET", Severity.BLOCKING, situation)
                .on(host)
                .with("powerOnMode", mode)
                .says(
                        "Host " + host.name() + " is set to be switched on remotely by " + mode,
                        "The new version may not have that any more. Turn remote power-on off for the host first, and set it anew"
                                + " after the update.");
    }
}
