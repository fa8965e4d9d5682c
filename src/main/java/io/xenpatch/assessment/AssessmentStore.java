package io.xenpatch.assessment;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.caller.Caller;
import io.xenpatch.xen.HostUuid;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The rows of assessments. */
@Repository
class AssessmentStore {

    static final String REAL = "real";

    /** A caller sees what concerns only pools of their scope. */
    private static final String IN_SCOPE = """
            not exists (select 1 from assessment_pool p where p.world = a.world and p.assessment_id = a.id
                        and not p.labels @> cast(:scope as jsonb))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AssessmentStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(UUID id, Instant now, Caller caller, UpdateRequest request, ChosenUpdate chosen) {
        jdbc.sql("""
                        insert into assessment (world, id, created_at, created_by, request)
                        values (:world, :id, :now, :by, cast(:request as jsonb))
                        """)
                .param("world", REAL)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("by", caller.name())
                .param("request", json.writeValueAsString(request))
                .update();
        for (int i = 0; i < chosen.targets().size(); i++) {
            insert(id, i, chosen.targets().get(i));
        }
    }

    private void insert(UUID id, int position, TargetPool target) {
        jdbc.sql("""
                        insert into assessment_pool (world, assessment_id, pool_uuid, position, name, labels, host_uuids)
                        values (:world, :id, :pool, :position, :name, cast(:labels as jsonb), :hosts)
                        """)
                .param("world", REAL)
                .param("id", id)
                .param("pool", target.pool().value())
                .param("position", position)
                .param("name", target.name())
                .param("labels", json.writeValueAsString(target.labels()))
                .param("hosts", target.hosts().stream().map(HostUuid::value).toArray(UUID[]::new))
                .update();
    }

    Optional<AssessmentRow> find(Caller caller, UUID id) {
        return jdbc.sql("select a.* from assessment a where a.world = :world and a.id = :id and " + IN_SCOPE)
                .param("world", REAL)
                .param("id", id)
                .param("scope", json.writeValueAsString(caller.scope()))
                .query(this::row)
                .optional();
    }

    /** The newest first, older than {@code before} when that is given. */
    List<AssessmentRow> list(Caller caller, @Nullable Long before, int limit) {
        return jdbc.sql("select a.* from assessment a where a.world = :world and a.number < :before and " + IN_SCOPE
                        + " order by a.number desc limit :limit")
                .param("world", REAL)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    private AssessmentRow row(java.sql.ResultSet row, int index) throws java.sql.SQLException {
        Timestamp completed = row.getTimestamp("completed_at");
        String outcome = row.getString("outcome");
        return new AssessmentRow(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                completed == null ? null : completed.toInstant(),
                json.readValue(row.getString("request"), UpdateRequest.class),
                outcome == null ? null : Outcome.valueOf(outcome));
    }

    /** The reports that are there, in the order of the request. */
    List<PoolReport> reports(UUID id) {
        return jdbc.sql("""
                        select report from assessment_pool
                        where world = :world and assessment_id = :id and report is not null order by position
                        """)
                .param("world", REAL)
                .param("id", id)
                .query((row, index) -> json.readValue(row.getString("report"), PoolReport.class))
                .list();
    }

    /** Forgets the oldest from before a time, with all that belongs to them. @return how many, at most {@code limit} */
    int forget(Instant olderThan, int limit) {
        return jdbc.sql("""
                        delete from assessment where (world, id) in (
                            select world, id from assessment where created_at < :before order by created_at limit :limit)
                        """)
                .param("before", Timestamp.from(olderThan))
                .param("limit", limit)
                .update();
    }

    /** Ends the assessment if the last report is there. Serialised by the row, so that one of two last pools does it. */
    Optional<Outcome> completeIfDone(UUID id, Instant now) {
        jdbc.sql("select 1 from assessment where world = :world and id = :id for update")
                .param("world", REAL)
                .param("id", id)
                .query(Integer.class)
                .optional();
        List<String> open = jdbc.sql("""
                        select coalesce(report ->> 'outcome', '') from assessment_pool
                        where world = :world and assessment_id = :id
                        """)
                .param("world", REAL)
                .param("id", id)
                .query(String.class)
                .list();
        if (open.isEmpty() || open.contains("")) {
            return Optional.empty();
        }
        Outcome outcome = Outcome.of(open.stream().map(Outcome::valueOf).toList());
        int changed = jdbc.sql("""
                        update assessment set completed_at = :now, outcome = :outcome
                        where world = :world and id = :id and completed_at is null
                        """)
                .param("world", REAL)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("outcome", outcome.name())
                .update();
        return changed == 1 ? Optional.of(outcome) : Optional.empty();
    }
}
