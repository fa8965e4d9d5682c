package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.IntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two versions of the service on one schema, for the time of an upgrade (ADR 0008, ADR 0014): what the version before (schema V60) writes and keeps
 * is played here with its own statements.
 */
@IntegrationTest
class PreviousVersionTests {
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "(?i)\\b(drop|rename|truncate)\\b|alter\\s+column|\\bset\\s+not\\s+null\\b|\\bdelete\\s+from\\b");
    private static final Pattern NEEDED = Pattern.compile("(?i)\\bnot null\\b(?!\\s+default)");

    private final JobStore store;
    private final PoolUpdateRunner runner;
    private final WindowRows windows;
    private final JobJson json;
    private final JdbcClient jdbc;

    PreviousVersionTests(
            @Autowired JobStore store,
            @Autowired PoolUpdateRunner runner,
            @Autowired WindowRows windows,
            @Autowired JobJson json,
            @Autowired JdbcClient jdbc) {
        this.store = store;
        this.runner = runner;
        this.windows = windows;
        this.json = json;
        this.jdbc = jdbc;
    }

    @Test
    void writesWithItsStatementsWhatThisOneReads() {
        NewJob job = JobSamples.job(JobSamples.newPool());
        PoolUpdate pool = job.pools().get(0);
        insertAsBefore(job, pool);

        assertThat(store.poolUpdate(pool.id())).contains(pool);
        assertThat(store.tryBegin(pool.id(), JobSamples.NOW)).isEqualTo(PoolUpdateState.PRECHECKING);
        assertThat(store.needsNewerProgram(pool.id())).isFalse();
    }

    @Test
    void goesOnWithWhatThisOneBegan() {
        NewJob job = JobSamples.job(JobSamples.newPool());
        store.create(job, List.of());
        PoolUpdate begun = store.poolUpdatesOf(job.id()).get(0);

        saveAsBefore(begun.judged(List.of()));
        jdbc.sql("update pool_update set cancel_requested = true where job_id = :job and finished_at is null")
                .param("job", job.id().value())
                .update();

        PoolUpdate now = store.poolUpdate(begun.id()).orElseThrow();
        assertThat(now.cancelRequested()).isTrue();
        assertThat(now.pauseRequested()).isFalse();
        assertThat(now.wishing(begun.wishes())).isEqualTo(begun.judged(List.of()));
    }

    /** What a later version will do with rows that this one must leave alone. */
    @Test
    void leavesARowAloneThatNeedsANewerProgramAndLooksAgain() {
        NewJob job = JobSamples.job(JobSamples.newPool());
        store.create(job, List.of());
        PoolUpdate begun = store.poolUpdatesOf(job.id()).get(0);
        jdbc.sql("update pool_update set needs_format = :next where id = :id")
                .param("next", PoolUpdate.FORMAT + 1)
                .param("id", begun.id().value())
                .update();

        Tick tick = runner.tick(begun.id());

        assertThat(tick.nextLook()).isNotNull().isBefore(Instant.now().plusSeconds(30));
        assertThat(store.poolUpdate(begun.id())).contains(begun);
    }

    @Test
    void marksWhatAnOlderProgramWouldDoWrong() {
        MaintenanceWindow window =
                JobSamples.window("FREQ=DAILY", JobSamples.NOW.plusSeconds(3600), Duration.ofHours(1));
        windows.insert(window);
        Instant later = JobSamples.NOW.plusSeconds(60);

        assertThat(formatOf(new StartTimes(null, null))).isZero();
        assertThat(formatOf(new StartTimes(later, null))).isEqualTo(1);
        assertThat(formatOf(new StartTimes(null, window))).isEqualTo(1);
    }

    /** ADR 0008: later migrations only add. */
    @Test
    void findsEverythingThatItKnewBecauseMigrationsOnlyAdd() throws IOException {
        Resource[] all = new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql");
        assertThat(all).hasSizeGreaterThan(10);
        for (Resource migration : all) {
            String sql = migration.getContentAsString(StandardCharsets.UTF_8).replaceAll("--.*", "");
            assertThat(TAKES_AWAY.matcher(sql).find())
                    .as("%s takes something away", migration)
                    .isFalse();
            String altered = Stream.of(sql.split(";"))
                    .filter(statement ->
                            statement.strip().toLowerCase(java.util.Locale.ROOT).startsWith("alter"))
                    .reduce("", String::concat);
            assertThat(NEEDED.matcher(altered).find())
                    .as("%s adds a column that old statements don't fill", migration)
                    .isFalse();
        }
    }

    private int formatOf(StartTimes times) {
        NewJob job = JobSamples.starting(times, false, JobSamples.newPool());
        store.create(job, List.of());
        return jdbc.sql("select needs_format from pool_update where job_id = :job")
                .param("job", job.id().value())
                .query(Integer.class)
                .single();
    }

    private void insertAsBefore(NewJob job, PoolUpdate pool) {
        jdbc.sql("""
                        insert into update_job (id, world, name, created_at, created_by, request, labels, pool_labels, rollout)
                        values (:id, :world, :name, :created, :by, :request::jsonb, :labels::jsonb, :pools::jsonb, :rollout::jsonb)
                        """)
                .param("id", job.id().value())
                .param("world", PoolUpdate.REAL)
                .param("name", job.name())
                .param("created", Timestamp.from(job.createdAt()))
                .param("by", "before")
                .param("request", job.request())
                .param("labels", "{}")
                .param("pools", "{}")
                .param("rollout", json.write(job.rollout()))
                .update();
        jdbc.sql("""
                        insert into pool_update (id, job_id, world, pool_uuid, position, state, kept, created_at)
                        values (:id, :job, :world, :pool, :position, :state, :kept::jsonb, :created)
                        on conflict (world, pool_uuid)
                            where state in ('PRECHECKING', 'RUNNING', 'PAUSED', 'CANCELLING', 'REVERTING') do nothing
                        """)
                .param("id", pool.id().value())
                .param("job", pool.job().value())
                .param("world", pool.world())
                .param("pool", pool.pool().value())
                .param("position", pool.position())
                .param("state", pool.state().name())
                .param("kept", asBefore(pool))
                .param("created", Timestamp.from(pool.createdAt()))
                .update();
    }

    private void saveAsBefore(PoolUpdate after) {
        jdbc.sql("""
                        update pool_update set state = :state, kept = :kept::jsonb, finished_at = :finished::timestamptz
                        where id = :id
                        """)
                .param("id", after.id().value())
                .param("state", after.state().name())
                .param("kept", asBefore(after))
                .param("finished", null)
                .update();
    }

    /** Without the fields that came later, and with the one that went. */
    private String asBefore(PoolUpdate pool) {
        String now = json.write(pool.withoutHosts());
        String before = Stream.of(
                        "silentSince", "heldUpSince", "earliest", "window", "notBefore", "givesUpAt", "closesAt")
                .reduce(now, (text, field) -> text.replace(",\"" + field + "\":null", ""));
        return before.replaceFirst("\"wishes\":\\{[^}]*}", "\"cancelRequested\":false");
    }
}
