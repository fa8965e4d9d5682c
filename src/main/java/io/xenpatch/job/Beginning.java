package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a waiting pool begins: pure, from its siblings and the roll-out (R30, P5.2, P5.5). */
final class Beginning {

    private Beginning() {}

    /** The pools of a new job as they are first written: as many as its roll-out allows have begun. */
    static List<PoolUpdate> withTheJob(NewJob job) {
        return job.pools().stream()
                .map(pool -> pool.position() < job.rollout().maxParallelPools()
                        ? pool.in(PoolUpdateState.PRECHECKING).begun(job.createdAt())
                        : pool)
                .toList();
    }

    /** What is told of a pool that was waiting; nothing when it goes on waiting. */
    static Optional<NewEvent> told(PoolUpdate waiting, PoolUpdate after, Instant now) {
        return after.state() == waiting.state()
                ? Optional.empty()
                : Optional.of(new NewEvent(
                        "pool-update." + after.state().name().toLowerCase(Locale.ROOT),
                        now,
                        after.pool().value(),
                        null,
                        after.job().value(),
                        Map.of()));
    }

    /** @param busy whether another job holds the pool */
    static PoolUpdate of(PoolUpdate waiting, List<PoolUpdate> job, Rollout rollout, boolean busy, Instant now) {
        if (waiting.cancelRequested()) {
            return waiting.ended(PoolUpdateState.CANCELLED, null, now);
        }
        long failed = job.stream()
                .filter(pool -> pool.state() == PoolUpdateState.FAILED)
                .count();
        if (failed >= rollout.maxFailures()) {
            return waiting.ended(
                    PoolUpdateState.SKIPPED,
                    Failure.of(
                            "EARLIER_FAILURE", failed + " pool(s) of this job failed, so no further pool was started."),
                    now);
        }
        if (!now.isBefore(waiting.latestStart())) {
            return waiting.ended(
                    PoolUpdateState.REJECTED,
                    Failure.of(
                            "POOL_BUSY",
                            "The pool was not free until its latest start, " + waiting.latestStart()
                                    + ". Nothing was touched."),
                    now);
        }
        long working = job.stream().filter(pool -> pool.state().occupiesPool()).count();
        return busy || working >= rollout.maxParallelPools()
                ? waiting
                : waiting.in(PoolUpdateState.PRECHECKING).begun(now);
    }
}
