package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            select j.*, (select array_agg(p.state) from pool_update p where p.job_id = j.id) as states
            from update_job j
            where j.world = :world and j.pool_labels @> cast(:scope as jsonb)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JobQueries(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<JobRow> find(Caller caller, UUID id) {
        return jdbc.sql(ROW + " and j.id = :id")
                .param("world", PoolUpdate.REAL)
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
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("labels", json.writeValueAsString(filter.labels()))
                .param("pool", filter.poolUuid())
                .param("ended", state == null ? null : state.isTerminal())
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    /** As people know the job. */
    Optional<String> name(JobId job) {
        return jdbc.sql("select name from update_job where id = :id")
                .param("id", job.value())
                .query(String.class)
                .optional();
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
                Arrays.stream((String[]) row.getArray("states").getArray())
                        .map(PoolUpdateState::valueOf)
                        .toList());
    }

    private Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.readTree(text)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return labels;
    }
}
