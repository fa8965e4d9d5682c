package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a waiting pool update may begin (P5.2): pure.
 *
 * @param open whether it may now, as far as time is concerned
 * @param next when it may, if not now; null = never again
 * @param givesUpAt when it is given up if another job holds the pool from now on
 * @param closesAt from when on no host is begun; null = never
 */
record Chance(
        boolean open,
        @Nullable Instant next,
        Instant givesUpAt,
        @Nullable Instant closesAt) {

    static Chance of(PoolUpdate waiting, Instant now) {
        MaintenanceWindow window = waiting.window();
        return window == null ? once(waiting, now) : in(window, waiting, now);
    }

    private static Chance once(PoolUpdate waiting, Instant now) {
        Instant due = waiting.dueAt();
        Duration patience = Duration.between(due, waiting.latestStart());
        Instant fromNow = now.plus(patience);
        return new Chance(
                !now.isBefore(due), due, now.isAfter(waiting.latestStart()) ? fromNow : waiting.latestStart(), null);
    }

    private static Chance in(MaintenanceWindow window, PoolUpdate waiting, Instant now) {
        Instant earliest = waiting.earliest() != null && waiting.earliest().isAfter(now) ? waiting.earliest() : now;
        Optional<WindowOpening> opening = window.at(earliest);
        if (opening.isEmpty()) {
            return new Chance(false, null, now, null);
        }
        WindowOpening next = opening.get();
        Instant begin = next.opensAt().isAfter(earliest) ? next.opensAt() : earliest;
        return new Chance(earliest.equals(now) && next.admits(now), begin, next.latestStart(), next.closesAt());
    }
}
