package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads the rows of jobs for those who ask. */
@Repository
class JobQueries {
    private static final String ROW = """
            select j.*, p.*
            from update_job j
            cross join lateral (
                select array_agg(p.state) as states,
                       coalesce(bool_and(p.pause_requested) filter (where p.state = 'WAITING'), false) as all_paused,
                       coalesce(bool_and(coalesce(p.not_before > :now, false)) filter (where p.state = 'WAITING'), false)
                           as all_scheduled
                from pool_update p where p.job_id = j.id) p
            where j.world = :world and j.pool_labels @> cast(:scope as jsonb)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    JobQueries(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<JobRow> find(Caller caller, UUID id) {
        return jdbc.sql(ROW + " and j.id = :id")
                .param("world", PoolUpdate.REAL)
                .param("now", now())
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("id", id)
                .query(this::row)
                .optional();
    }

    /**
     * The newest first, older than {@code before} when that is given. The state of a job is computed from its pools', so the
     * query only leaves out what certainly has another: the caller looks once more.
     */
    List<JobRow> list(Caller caller, JobFilter filter, @Nullable Long before, int limit) {
        UpdateJobState state = filter.state();
        return jdbc.sql(ROW + """
                         and j.number < :before and j.labels @> cast(:labels as jsonb)
                         and (cast(:pool as uuid) is null
                              or exists (select 1 from pool_update p where p.job_id = j.id and p.pool_uuid = :pool))
                         and (cast(:ended as boolean) is null
                              or :ended = not exists
                                  (select 1 from pool_update p where p.job_id = j.id and p.finished_at is null))
                        order by j.number desc limit :limit
                        """)
                .param("world", PoolUpdate.REAL)
                .param("now", now())
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("labels", json.writeValueAsString(filter.labels()))
                .param("pool", filter.poolUuid())
                .param("ended", state == null ? null : state.isTerminal())
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** An unfinished job that repeats another. */
    Optional<UUID> retryUnderWay(UUID job) {
        return jdbc.sql("""
                        select r.id from update_job r where r.retry_of = :job
                        and exists (select 1 from pool_update p where p.job_id = r.id and p.finished_at is null)
                        order by r.number limit 1
                        """)
                .param("job", job)
                .query((row, n) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** As people know the job. */
    Optional<String> name(JobId job) {
        return jdbc.sql("select name from update_job where id = :id")
                .param("id", job.value())
                .query(String.class)
                .optional();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private JobRow row(ResultSet row, int index) throws SQLException {
        return new JobRow(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("name"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                row.getString("request"),
                labels(row.getString("labels")),
                row.getObject("retry_of", UUID.class),
                Arrays.stream((String[]) row.getArray("states").getArray())
                        .map(PoolUpdateState::valueOf)
                        .toList(),
                UpdateJobState.WaitingFor.of(row.getBoolean("all_paused"), row.getBoolean("all_scheduled")));
    }

    private Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.readTree(text)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
