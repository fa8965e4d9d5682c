package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The store without a database, for tests of the runner alone: one owner at a time, no expiry. */
final class MemoryStore implements JobStore {
    private final Map<PoolUpdateId, PoolUpdate> rows = new LinkedHashMap<>();
    private final Map<PoolUuid, Long> epochs = new HashMap<>();
    final List<NewEvent> events = new ArrayList<>();

    @Override
    public synchronized void create(NewJob job, List<NewEvent> created) {
        job.pools().forEach(pool -> rows.put(pool.id(), pool));
        events.addAll(created);
    }

    @Override
    public synchronized Optional<PoolUpdate> poolUpdate(PoolUpdateId id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<PoolUpdate> poolUpdatesOf(JobId job) {
        return rows.values().stream().filter(row -> row.job().equals(job)).toList();
    }

    @Override
    public synchronized List<PoolUpdateId> unfinished() {
        return rows.values().stream()
                .filter(row -> !row.state().isTerminal())
                .map(PoolUpdate::id)
                .toList();
    }

    @Override
    public synchronized Optional<PoolUpdateId> holderOf(String world, PoolUuid pool) {
        return rows.values().stream()
                .filter(row -> row.pool().equals(pool) && row.state().occupiesPool())
                .map(PoolUpdate::id)
                .findFirst();
    }

    @Override
    public synchronized PoolUpdateState tryBegin(PoolUpdateId id, Instant now) {
        PoolUpdate row = Objects.requireNonNull(rows.get(id));
        rows.put(id, row.in(PoolUpdateState.PRECHECKING));
        return PoolUpdateState.PRECHECKING;
    }

    @Override
    public synchronized Optional<Lease> claim(String world, PoolUuid pool, String owner) {
        return Optional.of(new Lease(world, pool, owner, epochs.merge(pool, 1L, Long::sum)));
    }

    @Override
    public synchronized void release(Lease lease) {
        // nobody else waits for it
    }

    @Override
    public synchronized void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> written) {
        if (epochs.getOrDefault(lease.pool(), 0L) != lease.epoch()) {
            throw new LeaseLost(lease);
        }
        after.requireFollows(before, lease);
        rows.put(after.id(), after);
        events.addAll(written);
    }

    @Override
    public synchronized List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> asked) {
        throw new UnsupportedOperationException("not part of these tests");
    }
}
