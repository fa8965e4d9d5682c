package io.xenpatch.job;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The store without a database, for tests and simulations of the orchestration: the twin of {@link PostgresJobStore}, held to the
 * same {@link JobStoreContract}. Leases end by the clock that it is given. A method checks everything before it writes anything,
 * which makes it a transaction; its next commit, or only the answer to it, can be lost as a connection to a database can.
 */
final class MemoryJobStore implements JobStore {
    private final InstantSource clock;
    private final PlantedBug bug;
    private final Map<JobId, Rollout> rollouts = new HashMap<>();
    private final Map<PoolUpdateId, PoolUpdate> rows = new LinkedHashMap<>();
    private final Map<Place, Held> leases = new HashMap<>();
    private final List<NewEvent> events = new ArrayList<>();
    private Loss next = Loss.NONE;
    private Predicate<PoolUpdate> death = never -> false;
    private Predicate<PoolUpdate> lostAnswer = never -> false;
    private boolean writesThat;
    private Instant awayUntil = Instant.MIN;

    MemoryJobStore(InstantSource clock) {
        this(clock, PlantedBug.NONE);
    }

    MemoryJobStore(InstantSource clock, PlantedBug bug) {
        this.clock = clock;
        this.bug = bug;
    }

    /** Has the next method that writes throw without having written. */
    synchronized void loseNextCommit() {
        next = Loss.COMMIT;
    }

    /** Has every method throw for so long, as a database does that is away. */
    synchronized void goAway(Duration length) {
        awayUntil = clock.instant().plus(length);
    }

    /** Has the next method that writes throw although all of it was written. */
    synchronized void loseNextAnswer() {
        next = Loss.ANSWER;
    }

    /**
     * The process that writes dies, once.
     *
     * @param when what it is about to save for the first time
     * @param written whether that is written before
     */
    synchronized void dieWhen(Predicate<PoolUpdate> when, boolean written) {
        death = when;
        writesThat = written;
    }

    /** The process lives, but the answer to a commit is lost, once. @param when what it is about to save for the first time */
    synchronized void loseTheAnswerWhen(Predicate<PoolUpdate> when) {
        lostAnswer = when;
    }

    /** Everything that was told, in the order of the commits. */
    synchronized List<NewEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized void create(NewJob job, List<NewEvent> written) {
        commit(() -> {
            if (!job.waits()) {
                job.pools().stream()
                        .filter(pool -> Chance.of(pool, job.createdAt()).open())
                        .forEach(this::requireFree);
            }
            rollouts.put(job.id(), job.rollout());
            Beginning.withTheJob(job, pool -> holder(pool.world(), pool.pool()).isPresent())
                    .forEach(this::put);
            return events.addAll(written);
        });
    }

    private void requireFree(PoolUpdate pool) {
        holder(pool.world(), pool.pool()).ifPresent(holder -> {
            throw new PoolOccupied(pool.pool(), holder.job());
        });
    }

    @Override
    public synchronized Optional<PoolUpdate> poolUpdate(PoolUpdateId id) {
        requireThere();
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public boolean needsNewerProgram(PoolUpdateId id) {
        requireThere();
        return rows.containsKey(id) && rows.get(id).neededFormat() > PoolUpdate.FORMAT;
    }

    @Override
    public synchronized List<PoolUpdate> poolUpdatesOf(JobId job) {
        requireThere();
        return rows.values().stream()
                .filter(row -> row.job().equals(job))
                .sorted(Comparator.comparing(PoolUpdate::position))
                .toList();
    }

    @Override
    public synchronized List<PoolUpdateId> unfinished() {
        requireThere();
        return rows.values().stream()
                .filter(row -> !row.state().isTerminal())
                .sorted(Comparator.comparing(PoolUpdate::createdAt)
                        .thenComparing(PoolUpdate::position)
                        .thenComparing(row -> row.id().toString()))
                .map(PoolUpdate::id)
                .toList();
    }

    @Override
    public synchronized Optional<PoolUpdateId> holderOf(String world, PoolUuid pool) {
        requireThere();
        return holder(world, pool).map(PoolUpdate::id);
    }

    private Optional<PoolUpdate> holder(String world, PoolUuid pool) {
        return rows.values().stream()
                .filter(row -> row.world().equals(world) && row.pool().equals(pool))
                .filter(row -> row.state().occupiesPool())
                .findFirst();
    }

    @Override
    public synchronized PoolUpdateState tryBegin(PoolUpdateId id, Instant now) {
        return commit(() -> {
            PoolUpdate waiting = poolUpdate(id).orElseThrow();
            if (waiting.state() != PoolUpdateState.WAITING) {
                return waiting.state();
            }
            boolean busy = holder(waiting.world(), waiting.pool()).isPresent();
            Rollout rollout = rollouts.getOrDefault(waiting.job(), Rollout.DEFAULT);
            PoolUpdate after = Beginning.of(waiting, poolUpdatesOf(waiting.job()), rollout, busy, now);
            put(after);
            Beginning.told(waiting, after, now).ifPresent(events::add);
            return after.state();
        });
    }

    @Override
    public synchronized Optional<Lease> claim(String world, PoolUuid pool, String owner) {
        return commit(() -> {
            Place place = new Place(world, pool);
            Held held = leases.getOrDefault(place, new Held(null, 0, Instant.MIN));
            Instant now = clock.instant();
            if (bug != PlantedBug.EARLY_LEASE && !held.isFreeFor(owner, now)) {
                return Optional.empty();
            }
            leases.put(place, new Held(owner, held.epoch() + 1, now.plus(LEASE)));
            return Optional.of(new Lease(world, pool, owner, held.epoch() + 1));
        });
    }

    @Override
    public synchronized void release(Lease lease) {
        commit(() -> leases.computeIfPresent(
                Place.of(lease), (place, held) -> held.epoch() == lease.epoch() ? held.givenBack() : held));
    }

    @Override
    public synchronized void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> written) {
        if (lostAnswer.test(after)) {
            lostAnswer = never -> false;
            loseNextAnswer();
        }
        boolean dies = death.test(after);
        if (dies) {
            death = never -> false;
        }
        if (dies && !writesThat) {
            throw new Died();
        }
        write(lease, before, after, written);
        if (dies) {
            throw new Died();
        }
    }

    private void write(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> written) {
        commit(() -> {
            after.requireFollows(before, lease);
            Held held = leases.get(Place.of(lease));
            if (bug != PlantedBug.STALE_WRITE && (held == null || held.epoch() != lease.epoch())) {
                throw new LeaseLost(lease);
            }
            PoolUpdate present = poolUpdate(after.id()).orElse(after);
            put(after.wishing(present.wishes()));
            return events.addAll(written);
        });
    }

    @Override
    public synchronized List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> written) {
        return commit(() -> ask(job, Wishes::cancelling, written));
    }

    @Override
    public synchronized List<PoolUpdateId> requestPause(JobId job, boolean pause, List<NewEvent> written) {
        return commit(() -> ask(job, wishes -> wishes.pausing(pause), written));
    }

    @Override
    public synchronized boolean requestSkip(PoolUpdateId pool, HostUuid host, List<NewEvent> written) {
        return commit(() -> ask(
                                rows.values().stream().filter(row -> row.id().equals(pool)),
                                wishes -> wishes.skipping(host),
                                written)
                        .size()
                > 0);
    }

    private List<PoolUpdateId> ask(JobId job, UnaryOperator<Wishes> wish, List<NewEvent> written) {
        return ask(poolUpdatesOf(job).stream(), wish, written);
    }

    private List<PoolUpdateId> ask(Stream<PoolUpdate> some, UnaryOperator<Wishes> wish, List<NewEvent> written) {
        List<PoolUpdate> asked = some.filter(row ->
                        !row.state().isTerminal() && !wish.apply(row.wishes()).equals(row.wishes()))
                .toList();
        asked.forEach(row -> put(row.wishing(wish.apply(row.wishes()))));
        if (!asked.isEmpty()) {
            events.addAll(written);
        }
        return asked.stream().map(PoolUpdate::id).toList();
    }

    /** As it will be read: hosts and steps by position. */
    private void put(PoolUpdate row) {
        List<HostUpdate> hosts = row.hosts().stream()
                .sorted(Comparator.comparing(HostUpdate::position))
                .map(host -> host.withSteps(host.steps().stream()
                        .sorted(Comparator.comparing(Step::position))
                        .toList()))
                .toList();
        rows.put(row.id(), row.loaded(row.wishes(), row.window(), row.notBefore(), hosts));
    }

    private void requireThere() {
        if (clock.instant().isBefore(awayUntil)) {
            throw new DataAccessResourceFailureException("The database is away");
        }
    }

    private <T extends @Nullable Object> T commit(Supplier<T> work) {
        requireThere();
        Loss loss = next;
        next = Loss.NONE;
        if (loss == Loss.COMMIT) {
            throw new DataAccessResourceFailureException("The connection was lost before the commit");
        }
        T result = work.get();
        if (loss == Loss.ANSWER) {
            throw new DataAccessResourceFailureException("The connection was lost after the commit");
        }
        return result;
    }

    /** What a process does that is killed: nothing any more. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What becomes of a commit. */
    private enum Loss {
        NONE,
        COMMIT,
        ANSWER
    }

    /** What a lease is for. */
    private record Place(String world, PoolUuid pool) {
        static Place of(Lease lease) {
            return new Place(lease.world(), lease.pool());
        }
    }

    /** @param owner null = given back */
    private record Held(@Nullable String owner, long epoch, Instant expiresAt) {
        boolean isFreeFor(String claimant, Instant now) {
            return owner == null || owner.equals(claimant) || expiresAt.isBefore(now);
        }

        Held givenBack() {
            return new Held(null, epoch, expiresAt);
        }
    }
}
