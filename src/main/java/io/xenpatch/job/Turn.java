package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One turn of a pool update on a thread: ticks as long as there is something to do, but not so long that others starve. */
@Component
class Turn {
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Ticking runner;
    private final InstantSource clock;
    private final Set<PoolUpdateId> running = ConcurrentHashMap.newKeySet();
    private final Set<PoolUpdateId> stirred = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Turn(Ticking runner, InstantSource clock) {
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Every turn ends after the slice that it is in, and none begins any more: others go on.
     *
     * @param longest how long to wait for the slices that run
     * @return whether none runs any more
     */
    boolean stop(Duration longest) {
        synchronized (running) {
            stopping = true;
            long end = System.nanoTime() + longest.toNanos();
            try {
                while (!running.isEmpty() && System.nanoTime() < end) {
                    TimeUnit.NANOSECONDS.timedWait(running, end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return running.isEmpty();
        }
    }

    /** @return when to look again, by whomever; null = it has ended */
    @Nullable
    Instant take(PoolUpdateId id) {
        synchronized (running) {
            if (stopping) {
                return clock.instant();
            }
            running.add(id);
        }
        long begin = System.nanoTime();
        try {
            Instant next;
            do {
                stirred.remove(id);
                next = runner.tick(id).nextLook();
            } while (next != null
                    && !stopping
                    && (stirred.contains(id) || !next.isAfter(clock.instant()))
                    && System.nanoTime() - begin < LONGEST.toNanos());
            return next;
        } finally {
            synchronized (running) {
                running.remove(id);
                running.notifyAll();
            }
        }
    }

    /** Something changed: has a turn that is under way here look once more. @return whether one is */
    boolean stir(PoolUpdateId id) {
        if (!running.contains(id)) {
            return false;
        }
        stirred.add(id);
        return running.contains(id);
    }

    /** Whether something changed since the last tick of the turn; asked once the turn is over. */
    boolean wasStirred(PoolUpdateId id) {
        return stirred.remove(id);
    }
}
