package io.xenpatch.job;

import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The store in PostgreSQL. No {@code @Repository}: that would make data access exceptions of the ones it promises. */
@Component
class PostgresJobStore implements JobStore {
    private static final String OCCUPYING = "('PRECHECKING', 'RUNNING', 'PAUSED', 'CANCELLING', 'REVERTING')";

    private final JdbcClient jdbc;
    private final JobRows rows;
    private final JobJson json;
    private final EventLog events;
    private final TransactionTemplate transaction;

    PostgresJobStore(JdbcClient jdbc, JobRows rows, JobJson json, EventLog events, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.json = json;
        this.events = events;
        this.transaction = transaction;
    }

    @Override
    public void create(NewJob job, List<NewEvent> written) {
        transaction.executeWithoutResult(status -> {
            // one at a time for each pool, so that the answer "busy" names the holder instead of breaking the index
            job.pools().stream()
                    .map(pool -> pool.world() + "/" + pool.pool())
                    .sorted()
                    .forEach(this::lock);
            if (!job.waits()) {
                job.pools().stream()
                        .filter(pool -> Chance.of(pool, job.createdAt()).open())
                        .forEach(this::requireFree);
            }
            insert(job);
            Beginning.withTheJob(job, this::isBusy).forEach(this::insert);
            written.forEach(events::append);
        });
    }

    private boolean isBusy(PoolUpdate pool) {
        return holderOf(pool.world(), pool.pool()).isPresent();
    }

    private void requireFree(PoolUpdate pool) {
        holderOf(pool.world(), pool.pool()).flatMap(rows::find).ifPresent(holder -> {
            throw new PoolOccupied(pool.pool(), holder.job());
        });
    }

    /** The locks are a courtesy, the index the guarantee: when it objects, whoever was faster is there to be named by now. */
    private void insert(PoolUpdate pool) {
        while (!rows.insert(pool)) {
            requireFree(pool);
        }
    }

    private void lock(String key) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 30))")
                .param("key", key)
                .query((row, n) -> n)
                .list();
    }

    private void insert(NewJob job) {
        jdbc.sql("""
                        insert into update_job (id, world, name, created_at, created_by, request, labels, pool_labels, rollout, retry_of)
                        values (:id, :world, :name, :created, :by, :request::jsonb, :labels::jsonb, :pools::jsonb, :rollout::jsonb,
                            :retryOf)
                        """)
                .param("id", job.id().value())
                .param("world", PoolUpdate.REAL)
                .param("name", job.name())
                .param("created", java.sql.Timestamp.from(job.createdAt()))
                .param("by", job.caller().name())
                .param("request", job.request())
                .param("labels", json.write(job.labels()))
                .param("pools", json.write(job.poolLabels()))
                .param("rollout", json.write(job.rollout()))
                .param("retryOf", job.retryOf() == null ? null : job.retryOf().value())
                .update();
    }

    @Override
    public Optional<PoolUpdate> poolUpdate(PoolUpdateId id) {
        return transaction.execute(status -> rows.find(id));
    }

    @Override
    public boolean needsNewerProgram(PoolUpdateId id) {
        return jdbc.sql("select needs_format > :known from pool_update where id = :id")
                .param("known", PoolUpdate.FORMAT)
                .param("id", id.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    @Override
    public List<PoolUpdate> poolUpdatesOf(JobId job) {
        return transaction.execute(status -> rows.ofJob(job));
    }

    @Override
    public List<PoolUpdateId> unfinished() {
        return jdbc.sql("select id from pool_update where finished_at is null order by created_at, position, id")
                .query((row, n) -> new PoolUpdateId(row.getObject(1, UUID.class)))
                .list();
    }

    @Override
    public Optional<PoolUpdateId> holderOf(String world, PoolUuid pool) {
        return jdbc.sql("select id from pool_update where world = :world and pool_uuid = :pool and state in "
                        + OCCUPYING)
                .param("world", world)
                .param("pool", pool.value())
                .query((row, n) -> new PoolUpdateId(row.getObject(1, UUID.class)))
                .optional();
    }

    @Override
    public PoolUpdateState tryBegin(PoolUpdateId id, Instant now) {
        try {
            return begin(id, now);
        } catch (DuplicateKeyException raced) {
            return PoolUpdateState.WAITING; // the index says that another update occupied the pool after we had looked
        }
    }

    private PoolUpdateState begin(PoolUpdateId id, Instant now) {
        return transaction.execute(status -> {
            PoolUpdate waiting = rows.find(id).orElseThrow();
            Rollout rollout = jdbc.sql("select rollout::text from update_job where id = :job for update")
                    .param("job", waiting.job().value())
                    .query((row, n) -> json.read(row.getString(1), Rollout.class))
                    .single();
            lock(waiting.world() + "/" + waiting.pool());
            PoolUpdate current = rows.find(id).orElseThrow();
            if (current.state() != PoolUpdateState.WAITING) {
                return current.state();
            }
            boolean busy = holderOf(current.world(), current.pool()).isPresent();
            PoolUpdate after = Beginning.of(current, rows.ofJob(current.job()), rollout, busy, now);
            rows.update(current, after);
            Beginning.told(current, after, now).ifPresent(events::append);
            return after.state();
        });
    }

    @Override
    public Optional<Lease> claim(String world, PoolUuid pool, String owner) {
        return jdbc.sql("""
                        insert into pool_lease as held (world, pool_uuid, owner, epoch, expires_at)
                        values (:world, :pool, :owner, 1, clock_timestamp() + make_interval(secs => :seconds))
                        on conflict (world, pool_uuid) do update
                            set owner = excluded.owner, epoch = held.epoch + 1, expires_at = excluded.expires_at
                            where held.owner is null or held.owner = excluded.owner or held.expires_at < clock_timestamp()
                        returning epoch
                        """)
                .param("world", world)
                .param("pool", pool.value())
                .param("owner", owner)
                .param("seconds", LEASE.toSeconds())
                .query((row, n) -> new Lease(world, pool, owner, row.getLong(1)))
                .optional();
    }

    @Override
    public void release(Lease lease) {
        jdbc.sql("update pool_lease set owner = null where world = :world and pool_uuid = :pool and epoch = :epoch")
                .param("world", lease.world())
                .param("pool", lease.pool().value())
                .param("epoch", lease.epoch())
                .update();
    }

    @Override
    public void save(Lease lease, PoolUpdate before, PoolUpdate after, List<NewEvent> written) {
        after.requireFollows(before, lease);
        transaction.executeWithoutResult(status -> {
            int held = jdbc.sql("""
                            update pool_lease set expires_at = expires_at
                            where world = :world and pool_uuid = :pool and epoch = :epoch
                            """)
                    .param("world", lease.world())
                    .param("pool", lease.pool().value())
                    .param("epoch", lease.epoch())
                    .update();
            if (held == 0) {
                throw new LeaseLost(lease);
            }
            rows.update(before, after);
            written.forEach(events::append);
        });
    }

    @Override
    public List<PoolUpdateId> requestCancel(JobId job, List<NewEvent> written) {
        return request("cancel_requested", job, true, written);
    }

    @Override
    public List<PoolUpdateId> requestPause(JobId job, boolean pause, List<NewEvent> written) {
        return request("pause_requested", job, pause, written);
    }

    @Override
    public boolean requestSkip(PoolUpdateId pool, HostUuid host, List<NewEvent> written) {
        return transaction.execute(status -> {
            int asked = jdbc.sql("""
                            update pool_update set skip_hosts = array_append(skip_hosts, :host)
                            where id = :id and finished_at is null and not :host = any(skip_hosts)
                            """)
                    .param("id", pool.value())
                    .param("host", host.value())
                    .update();
            if (asked > 0) {
                written.forEach(events::append);
            }
            return asked > 0;
        });
    }

    private List<PoolUpdateId> request(String column, JobId job, boolean wanted, List<NewEvent> written) {
        return transaction.execute(status -> {
            List<PoolUpdateId> asked = jdbc.sql("""
                            with asked as (
                                update pool_update set %s = :wanted
                                where job_id = :job and finished_at is null and %s <> :wanted
                                returning id, position)
                            select id from asked order by position
                            """.formatted(column, column))
                    .param("job", job.value())
                    .param("wanted", wanted)
                    .query((row, n) -> new PoolUpdateId(row.getObject(1, UUID.class)))
                    .list();
            if (!asked.isEmpty()) {
                written.forEach(events::append);
            }
            return asked;
        });
    }
}
