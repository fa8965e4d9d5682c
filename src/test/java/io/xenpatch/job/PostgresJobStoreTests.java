package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xenpatch.IntegrationTest;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@IntegrationTest
class PostgresJobStoreTests extends JobStoreContract {
    private final PostgresJobStore store;
    private final JobRows rows;
    private final WindowRows windows;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    PostgresJobStoreTests(
            @Autowired PostgresJobStore store,
            @Autowired JobRows rows,
            @Autowired WindowRows windows,
            @Autowired JdbcClient jdbc,
            @Autowired TransactionTemplate transaction) {
        this.store = store;
        this.rows = rows;
        this.windows = windows;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    void define(MaintenanceWindow window) {
        windows.insert(window);
    }

    @Override
    JobStore store() {
        return store;
    }

    /** The database has the time; so the leases are made older instead. */
    @Override
    void pass(Duration time) {
        jdbc.sql("update pool_lease set expires_at = expires_at - make_interval(secs => :seconds)")
                .param("seconds", time.toSeconds())
                .update();
    }

    @Override
    List<String> eventTypes(JobId job) {
        return jdbc.sql("select type from event where job_id = :job order by id")
                .param("job", job.value())
                .query(String.class)
                .list();
    }

    @Test
    void namesTheHolderToAJobThatCameWhileTheHolderWasBeingWritten() throws Exception {
        PoolUuid pool = JobSamples.newPool();
        NewJob first = JobSamples.job(pool);
        NewJob second = JobSamples.job(pool);

        Future<?> refused = beforeTheCommitOf(() -> store.create(first, List.of()), () -> create(second));

        assertNamesTheHolder(refused, pool, first);
        assertThat(store.poolUpdatesOf(second.id())).isEmpty();
    }

    @Test
    void namesTheHolderWhenOnlyTheIndexHasSeenIt() throws Exception {
        PoolUuid pool = JobSamples.newPool();
        NewJob first = waitingFor(pool);
        NewJob second = JobSamples.job(pool);

        Future<?> refused = beforeTheCommitOf(() -> beginWithoutTheLock(first), () -> create(second));

        assertNamesTheHolder(refused, pool, first);
        assertThat(store.poolUpdatesOf(second.id())).isEmpty();
    }

    @Test
    void leavesAPoolWaitingWhenOnlyTheIndexHasSeenItsHolder() throws Exception {
        PoolUuid pool = JobSamples.newPool();
        NewJob first = waitingFor(pool);
        PoolUpdateId second = waitingFor(pool).pools().get(1).id();

        Future<PoolUpdateState> answer =
                beforeTheCommitOf(() -> beginWithoutTheLock(first), () -> store.tryBegin(second, JobSamples.NOW));

        assertThat(answer.get()).isEqualTo(PoolUpdateState.WAITING);
        assertThat(store.holderOf(PoolUpdate.REAL, pool))
                .contains(first.pools().get(1).id());
    }

    /** A job whose first pool has ended and whose second, this one, may begin. */
    private NewJob waitingFor(PoolUuid pool) {
        NewJob job = JobSamples.job(new Rollout(1, 1), JobSamples.newPool(), pool);
        store.create(job, List.of());
        PoolUpdate first = store.poolUpdatesOf(job.id()).get(0);
        Lease lease = store.claim(first.world(), first.pool(), "me").orElseThrow();
        store.save(lease, first, first.ended(PoolUpdateState.SUCCEEDED, null, JobSamples.NOW), List.of());
        return job;
    }

    private void beginWithoutTheLock(NewJob job) {
        PoolUpdate waiting = store.poolUpdatesOf(job.id()).get(1);
        rows.update(waiting, waiting.begun(JobSamples.NOW, null));
    }

    private boolean create(NewJob job) {
        store.create(job, List.of());
        return true;
    }

    /** Starts an action while a transaction is open, and commits that once the database has the action wait for it. */
    private <T> Future<T> beforeTheCommitOf(Runnable write, Callable<T> action) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return transaction.execute(status -> {
                write.run();
                int writer =
                        jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
                Future<T> waiting = thread.submit(action);
                await().until(() -> isWaitedFor(writer));
                return waiting;
            });
        } finally {
            thread.shutdown();
        }
    }

    /** Asked on a thread of its own, so outside of the transaction. */
    private boolean isWaitedFor(int writer) {
        return jdbc.sql("select exists (select 1 from pg_stat_activity where :writer = any(pg_blocking_pids(pid)))")
                .param("writer", writer)
                .query(Boolean.class)
                .single();
    }

    private static void assertNamesTheHolder(Future<?> refused, PoolUuid pool, NewJob holder) {
        assertThatThrownBy(refused::get).cause().isInstanceOfSatisfying(PoolOccupied.class, occupied -> {
            assertThat(occupied.pool()).isEqualTo(pool);
            assertThat(occupied.holder()).isEqualTo(holder.id());
        });
    }
}
