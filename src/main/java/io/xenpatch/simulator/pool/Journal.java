package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that was done in all pools of the process, in order. Thread-safe; never shortened. */
public final class Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    synchronized void add(What what, Instant at) {
        var end = at.truncatedTo(ChronoUnit.MILLIS);
        var start = what.startedAt() == null ? null : what.startedAt().truncatedTo(ChronoUnit.MILLIS);
        entries.add(new JournalEntry(
                entries.size() + 1L,
                end,
                start,
                start == null ? null : end,
                what.poolUuid(),
                what.hostUuid(),
                what.action(),
                what.subject(),
                what.detail()));
    }

    /** Entries after a position, of one pool or (null) of all. */
    public synchronized List<JournalEntry> after(long position, @Nullable String poolUuid) {
        var from = (int) Math.min(Math.max(position, 0), entries.size());
        return entries.subList(from, entries.size()).stream()
                .filter(entry -> poolUuid == null || entry.poolUuid().equals(poolUuid))
                .toList();
    }

    /** What was done, before it has its place and time. */
    record What(
            String poolUuid,
            String hostUuid,
            JournalAction action,
            String subject,
            String detail,
            @Nullable Instant startedAt) {}
}
