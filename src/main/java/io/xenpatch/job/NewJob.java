package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job about to be written.
 *
 * @param request as it came in, as JSON
 * @param labels of the job itself
 * @param poolLabels those that all of its pools carry, as they are now: a caller whose scope they meet may see every pool of the
 *     job, and so the job
 * @param waits whether it waits for pools that another job holds; else it is refused
 * @param retryOf the job that it repeats; null = none
 * @param pools each once, all in state WAITING; the store begins those that may (R30, P5.5)
 */
record NewJob(
        JobId id,
        String name,
        Caller caller,
        Instant createdAt,
        String request,
        Map<String, String> labels,
        Map<String, String> poolLabels,
        Rollout rollout,
        boolean waits,
        @Nullable JobId retryOf,
        List<PoolUpdate> pools) {

    NewJob {
        labels = Map.copyOf(labels);
        poolLabels = Map.copyOf(poolLabels);
        pools = List.copyOf(pools);
        if (pools.stream().map(PoolUpdate::pool).distinct().count() < pools.size()) {
            throw new IllegalArgumentException("A job names each pool once");
        }
    }
}
