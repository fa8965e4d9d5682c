package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a waiting pool begins: pure, from its time, its siblings and the roll-out (R30, P5.2, P5.5). */
final class Beginning {

    private Beginning() {}

    /**
     * The pools of a new job as they are first written: as many as its roll-out allows have begun.
     *
     * @param busy whether another job holds a pool
     */
    static List<PoolUpdate> withTheJob(NewJob job, Predicate<PoolUpdate> busy) {
        List<PoolUpdate> pools = new ArrayList<>();
        int begun = 0;
        for (PoolUpdate pool : job.pools()) {
            Chance chance = Chance.of(pool, job.createdAt());
            boolean begins = chance.open() && begun < job.rollout().maxParallelPools() && !busy.test(pool);
            begun += begins ? 1 : 0;
            pools.add(
                    begins
                            ? pool.begun(job.createdAt(), chance.closesAt())
                            : pool.notBefore(chance.open() ? null : chance.next()));
        }
        return pools;
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
            return ended(waiting, PoolUpdateState.CANCELLED, WishesHeard.cancelled(), now);
        }
        long failed = job.stream()
                .filter(pool -> pool.state() == PoolUpdateState.FAILED)
                .count();
        if (failed >= rollout.maxFailures()) {
            return ended(
                    waiting,
                    PoolUpdateState.SKIPPED,
                    Failure.of(
                            "EARLIER_FAILURE", failed + " pool(s) of this job failed, so no further pool was started."),
                    now);
        }
        return waiting.pauseRequested() ? waiting : inTime(waiting, job, rollout, busy, now);
    }

    private static PoolUpdate inTime(
            PoolUpdate waiting, List<PoolUpdate> job, Rollout rollout, boolean busy, Instant now) {
        Chance chance = Chance.of(waiting, now);
        Instant end = waiting.givesUpAt();
        if (end != null && !now.isBefore(end) && (busy || !chance.open())) {
            return rejected(
                    waiting,
                    "POOL_BUSY",
                    "Another job held the pool until the latest start, " + end + ". " + waiting.stateInWords(),
                    now);
        }
        if (!chance.open()) {
            return chance.next() == null
                    ? rejected(
                            waiting,
                            "NO_FURTHER_WINDOW",
                            "The maintenance window does not open any more. " + waiting.stateInWords(),
                            now)
                    : waiting.notBefore(chance.next());
        }
        long working = job.stream().filter(pool -> pool.state().occupiesPool()).count();
        if (working >= rollout.maxParallelPools()) {
            return waiting.notBefore(null);
        }
        if (busy) {
            return end == null ? waiting.givingUpAt(chance.givesUpAt()) : waiting;
        }
        return waiting.begun(now, chance.closesAt());
    }

    private static PoolUpdate rejected(PoolUpdate waiting, String code, String detail, Instant now) {
        // REJECTED says that no host was touched
        return ended(
                waiting,
                waiting.isTouched() ? PoolUpdateState.FAILED : PoolUpdateState.REJECTED,
                Failure.of(code, detail),
                now);
    }

    private static PoolUpdate ended(PoolUpdate waiting, PoolUpdateState end, Failure why, Instant now) {
        return waiting.leavingOut(why, now).ended(end, end == PoolUpdateState.CANCELLED ? null : why, now);
    }
}
