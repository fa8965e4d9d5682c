package io.xenpatch.job;

import java.util.stream.Collectors;

/** A history for people who look for what went wrong in it. */
final class SeedStory {

    private SeedStory() {}

    static String of(SeedRun run) {
        PoolUpdate did = run.result();
        return "seed " + run.plan().seed() + "\n" + run.plan() + "\ncalls\n  "
                + String.join("\n  ", run.calls())
                + "\njournal\n  "
                + run.journal().stream()
                        .map(entry -> entry.at() + " " + entry.action() + " " + entry.hostUuid() + " " + entry.subject()
                                + " " + entry.detail())
                        .collect(Collectors.joining("\n  "))
                + "\nends " + did.state() + " " + did.failure() + "\n  "
                + did.fixes().stream()
                        .map(fix -> fix.code() + " " + fix.state() + " " + fix.failure())
                        .collect(Collectors.joining("\n  "))
                + did.hosts().stream()
                        .map(host -> "\n  " + host.host() + " " + host.name() + " " + host.state() + " "
                                + host.outcome() + " "
                                + host.failure() + " " + host.warnings()
                                + host.steps().stream()
                                        .map(step -> "\n    " + step.type() + " " + step.state() + " x"
                                                + step.attempts() + " " + step.call() + " " + step.startedAt() + " "
                                                + step.finishedAt())
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining())
                + "\n  broken: " + SeedInvariants.broken(run);
    }
}
