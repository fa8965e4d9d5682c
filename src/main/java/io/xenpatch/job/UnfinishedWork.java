package io.xenpatch.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Unfinished jobs as a short tree for a log: job, pools, the hosts at work and what they wait for. */
final class UnfinishedWork {
    /** A log line is read by people. */
    static final int MOST_POOLS = 50;

    private UnfinishedWork() {}

    /** @param count of all that are unfinished; those that are not told are counted */
    static String tree(int count, List<PoolUpdate> pools) {
        Map<JobId, List<PoolUpdate>> jobs =
                pools.stream().collect(Collectors.groupingBy(PoolUpdate::job, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text =
                new StringBuilder(count + " pool update(s) are unfinished; another instance goes on with them"
                        + " now, else this one at its next start:");
        jobs.forEach((job, its) -> {
            text.append("\n  job ").append(job);
            its.forEach(pool -> append(text, pool));
        });
        if (count > pools.size()) {
            text.append("\n  and ").append(count - pools.size()).append(" more");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, PoolUpdate pool) {
        text.append("\n    pool ").append(pool.poolName()).append(": ").append(pool.state());
        Optional.ofNullable(pool.notBefore())
                .ifPresent(next -> text.append(", not before ").append(next));
        pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.IN_PROGRESS)
                .forEach(host -> text.append("\n      host ")
                        .append(host.name())
                        .append(host.nextStep().map(UnfinishedWork::words).orElse("")));
    }

    private static String words(Step step) {
        Waiting waiting = step.waiting();
        return ": " + step.type()
                + (waiting == null
                        ? ""
                        : ", waits for " + waiting.what() + " since " + waiting.since() + " until " + waiting.limit());
    }
}
