package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    Turn(Ticking runner, InstantSource clock) {
        this.runner = runner;
        this.clock = clock;
    }

    /** @return when to look again; null = it has ended */
    @Nullable
    Instant take(PoolUpdateId id) {
        long begin = System.nanoTime();
        running.add(id);
        try {
            Instant next;
            do {
                stirred.remove(id);
                next = runner.tick(id).nextLook();
            } while (next != null
                    && (stirred.contains(id) || !next.isAfter(clock.instant()))
                    && System.nanoTime() - begin < LONGEST.toNanos());
            return next;
        } finally {
            running.remove(id);
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
