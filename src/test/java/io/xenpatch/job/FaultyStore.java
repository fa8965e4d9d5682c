package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store as one runner sees it: before and after each method something may happen. */
final class FaultyStore implements JobStore {
    private final JobStore store;
    private final Boundary boundary;
    private final PlantedBug bug;
    private final LeaseWatch watch;

    /** What happens there; may throw, as a process that dies or a connection that is lost. */
    interface Boundary {
        void before();

        void after();
    }

    FaultyStore(JobStore store, Boundary boundary, PlantedBug bug, LeaseWatch watch) {
        this.watch = watch;
        this.bug = bug;
        this.store = store;
        this.boundary = boundary;
    }

    private <T> T through(Supplier<T> method) {
        boundary.before();
        T result = method.get();
        boundary.after();
        return result;
    }

    private void run(Runnable method) {
        through(() -> {
            method.run();
            return this;
        });
    }

    @Override
    public void create(NewJob job, List<NewEvent> events) {
        run(() -> store.create(job, events));
    }

    @Override
    public Optional<PoolUpdate> poolUpdate(PoolUpdateId id) {
        return through(() -> store.poolUpdate(id).map(bug::loaded));
    }

    @Override
    public boolean needsNewerProgram(PoolUpdateId id) {
        return store.needsNewerProgram(id);
    }

    @Override
    public List<PoolUpdate> poolUpdatesOf(JobId job) {
        return through(() -> store.poolUpdatesOf(job));
    }

    @Override
    public List<PoolUpdateId> unfinished() {
        return through(store::unfinished);
    }

    @Override
    public Optional<PoolUpdateId> holderOf(String world, PoolUuid pool) {
        return through(() -> store.holderOf(world, pool));
    }

    @Override
    public PoolUpdateState tryBegin(PoolUpdateId id, Instant now) {
        return through(() -> store.tryBegin(id, now));
    }

    @Override
    public Optional<Lease> claim(String world, PoolUuid pool, String owner) {
        return through(() -> {
            Optional<Lease> lease = store.claim(world, pool, owner);
            lease.ifPresent(watch::claimed);
            return lease;
        });
    }

    @Override
    public void release(Lease lease) {
        run(() -> {
            store.release(lease);
            watch.released(lease);
        });
    }

    @Override
    public void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> events) {
        run(() -> {
            store.save(lease, before, after, events);
            watch.saved(lease);
        });
    }

    @Override
    public List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> events) {
        return through(() -> store.requestCancel(job, events));
    }

    @Override
    public List<PoolUpdateId> requestPause(JobId job, boolean pause, List<NewEvent> events) {
        return through(() -> store.requestPause(job, pause, events));
    }

    @Override
    public boolean requestSkip(PoolUpdateId pool, HostUuid host, List<NewEvent> events) {
        return through(() -> store.requestSkip(pool, host, events));
    }
}
