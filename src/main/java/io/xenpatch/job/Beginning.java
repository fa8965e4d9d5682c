package io.xenpatch.job;

import java.time.Instant;
import java.util.List;

/** Whether a waiting pool begins: pure, from its siblings and the roll-out (R30, P5.2, P5.5). */
final class Beginning {

    private Beginning() {}

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
