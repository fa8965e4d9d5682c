package io.xenpatch.assessment;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is kept of a pool between two slices of its assessment. */
@Repository
class PoolSliceStore {
    private static final Logger LOG = LoggerFactory.getLogger(PoolSliceStore.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PoolSliceStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Empty when the report is there, or the assessment is gone. */
    Optional<PoolSlice> open(UUID assessment, PoolUuid pool) {
        return jdbc.sql("""
                        select p.*, a.request from assessment_pool p
                        join assessment a on a.world = p.world and a.id = p.assessment_id
                        where p.world = :world and p.assessment_id = :id and p.pool_uuid = :pool and p.report is null
                        """)
                .param("world", AssessmentStore.REAL)
                .param("id", assessment)
                .param("pool", pool.value())
                .query(this::slice)
                .optional();
    }

    private PoolSlice slice(ResultSet row, int index) throws SQLException {
        Timestamp observed = row.getTimestamp("observed_at");
        PoolSnapshot snapshot = read(row.getString("snapshot"), PoolSnapshot.class);
        Questions questions = read(row.getString("questions"), Questions.class);
        return new PoolSlice(
                row.getObject("assessment_id", UUID.class),
                new PoolUuid(row.getObject("pool_uuid", UUID.class)),
                row.getString("name"),
                hosts(row),
                json.readValue(row.getString("request"), UpdateRequest.class),
                observed == null ? null : observed.toInstant(),
                questions == null ? null : snapshot,
                snapshot == null ? null : questions);
    }

    private static Set<HostUuid> hosts(ResultSet row) throws SQLException {
        return Arrays.stream((UUID[]) row.getArray("host_uuids").getArray())
                .map(HostUuid::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What another version of the service has kept in another form is asked for again. */
    private <T> @Nullable T read(@Nullable String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JacksonException e) {
            LOG.warn("A pool is asked anew, because what was kept of it can't be read: {}", e.getOriginalMessage());
            return null;
        }
    }

    void observed(PoolSlice slice, Instant at, PoolSnapshot snapshot, Questions questions) {
        jdbc.sql("""
                        update assessment_pool
                        set observed_at = :at, snapshot = cast(:snapshot as jsonb), questions = cast(:questions as jsonb)
                        where world = :world and assessment_id = :id and pool_uuid = :pool and report is null
                        """)
                .param("world", AssessmentStore.REAL)
                .param("id", slice.assessment())
                .param("pool", slice.pool().value())
                .param("at", Timestamp.from(at))
                .param("snapshot", json.writeValueAsString(snapshot))
                .param("questions", json.writeValueAsString(questions))
                .update();
    }

    void asked(PoolSlice slice, Questions questions) {
        jdbc.sql("""
                        update assessment_pool set questions = cast(:questions as jsonb)
                        where world = :world and assessment_id = :id and pool_uuid = :pool and report is null
                        """)
                .param("world", AssessmentStore.REAL)
                .param("id", slice.assessment())
                .param("pool", slice.pool().value())
                .param("questions", json.writeValueAsString(questions))
                .update();
    }

    /** The report takes the place of what was kept to make it. */
    void reported(PoolSlice slice, PoolReport report) {
        jdbc.sql("""
                        update assessment_pool
                        set report = cast(:report as jsonb), snapshot = null, questions = null
                        where world = :world and assessment_id = :id and pool_uuid = :pool and report is null
                        """)
                .param("world", AssessmentStore.REAL)
                .param("id", slice.assessment())
                .param("pool", slice.pool().value())
                .param("report", json.writeValueAsString(report))
                .update();
    }
}
