package io.xenpatch.simulator.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is going to happen, in virtual time. The only clock a pool has is the moment somebody advances this to. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::order));
    private Instant now;
    private long order;

    Agenda(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    void in(Duration delay, Runnable action) {
        entries.add(new Entry(now.plus(delay), order++, action));
    }

    /** Something a machine does: it does not happen if the machine restarts before. */
    void in(Duration delay, Machine machine, Runnable action) {
        var incarnation = machine.incarnation();
        in(delay, () -> {
            if (machine.incarnation() == incarnation) {
                action.run();
            }
        });
    }

    Optional<Instant> next() {
        return Optional.ofNullable(entries.peek()).map(Entry::at);
    }

    void advanceTo(Instant moment) {
        var due = entries.peek();
        while (due != null && !due.at().isAfter(moment)) {
            entries.remove(due);
            now = due.at().isAfter(now) ? due.at() : now;
            due.action().run();
            due = entries.peek();
        }
        now = moment.isAfter(now) ? moment : now;
    }

    private record Entry(Instant at, long order, Runnable action) {}
}
