package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Every target must answer; an enabled host that is dead also makes every evacuation of the pool fail (R33, xapi.md §8.3). */
final class HostsLive implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostSnapshot host : situation.pool().hosts()) {
            if (!answers(situation, host)) {
                rows.add(row(situation, host));
            }
        }
        if (rows.isEmpty()) {
            int hosts = situation.pool().hosts().size();
            rows.add(Finding.of("HOSTS_LIVE", Severity.OK, situation)
                    .with("hosts", hosts)
                    .says(hosts == 1 ? "The host answers" : "All " + hosts + " hosts answer", ""));
        }
        return rows;
    }

    static boolean answers(Situation situation, HostSnapshot host) {
        return host.live()
                && situation
                        .answers()
                        .reachable(host.uuid())
                        .fold(reached -> reached, failed -> false, notAsked -> true);
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        String title = host.live()
                ? "Host " + host.name() + " counts as live but does not answer"
                : "Host " + host.name() + " is not live";
        if (situation.isWorkedOn(host.uuid())) {
            return start(situation, host, Severity.BLOCKING)
                    .on(host)
                    .says(title, "It can't be updated. Bring it back, or leave it out of the targets.");
        }
        if (host.enabled() && !situation.evacuating().isEmpty()) {
            return start(situation, host, Severity.BLOCKING)
                    .about(host)
                    .says(
                            title,
                            "It is no target, but it is still enabled: the server refuses to evacuate any host of the pool "
                                    + "while such a host could be chosen for its guests. Bring it back or disable it.");
        }
        if (RepositorySynchronised.isNeeded(situation)) {
            return start(situation, host, Severity.BLOCKING)
                    .about(host)
                    .says(
                            title,
                            "It is no target, but the pool must synchronise first, and the server asks every host for that. Bring"
                                    + " it back, or remove it from the pool.");
        }
        return start(situation, host, Severity.WARNING)
                .on(host)
                .says(title, "It is not updated now and will be older than the rest of the pool.");
    }

    private static Finding start(Situation situation, HostSnapshot host, Severity severity) {
        Fix cure = canBeSwitchedOn(host) ? Fixes.POWER_ON_HOST : null;
        return Finding.of("HOST_NOT_LIVE", severity, situation)
                .with("live", host.live())
                .curedBy(severity == Severity.BLOCKING ? cure : null);
    }

    /** R31: a member that is down, by remote power control; that can't reset a machine that hangs. */
    static boolean canBeSwitchedOn(HostSnapshot host) {
        return !host.live() && !host.retired().powerOnMode().isEmpty();
    }
}
