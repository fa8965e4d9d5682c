package io.xenpatch.eventlog;

import io.xenpatch.caller.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of events. */
@Component
class EventRows {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(NewEvent event, Map<String, String> labels) {
        jdbc.sql("""
                        insert into event (type, at, pool_uuid, host_uuid, job_id, labels, data)
                        values (:type, :at, :pool, :host, :job, :labels::jsonb, :data::jsonb)""")
                .param("type", event.type())
                .param("at", event.at().atOffset(ZoneOffset.UTC))
                .param("pool", event.poolUuid())
                .param("host", event.hostUuid())
                .param("job", event.jobId())
                .param("labels", json.writeValueAsString(labels))
                .param("data", json.writeValueAsString(event.data()))
                .update();
    }

    /** What the caller may see after a position, oldest first. */
    List<Event> after(Caller caller, EventFilter filter, long position, int limit) {
        return jdbc.sql("""
                        select position, type, at, pool_uuid, host_uuid, job_id, labels, data from event
                        where position > :position and labels @> :scope::jsonb
                          and (:job::uuid is null or job_id = :job) and (:pool::uuid is null or pool_uuid = :pool)
                        order by position limit :limit""")
                .param("position", position)
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("job", filter.jobId())
                .param("pool", filter.poolUuid())
                .param("limit", limit)
                .query((row, number) -> read(row).event())
                .list();
    }

    /** Everything after a position, with the labels that decide who sees it. */
    List<Labelled> labelledAfter(long position, int limit) {
        return jdbc.sql("""
                        select position, type, at, pool_uuid, host_uuid, job_id, labels, data from event
                        where position > :position order by position limit :limit""")
                .param("position", position)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    long lastPosition() {
        return jdbc.sql("select coalesce(max(position), 0) from event")
                .query(Long.class)
                .single();
    }

    /** Whether something was committed that readers don't see yet. */
    boolean hasUnpositioned() {
        return jdbc.sql("select exists (select 1 from event where position is null)")
                .query(Boolean.class)
                .single();
    }

    /** Gives the next positions, if no other instance is doing that. In a transaction. @return how many */
    int position(int limit) {
        var mine = jdbc.sql("select pg_try_advisory_xact_lock(hashtext('xenpatch.event.position'))")
                .query(Boolean.class)
                .single();
        if (!mine) {
            return 0;
        }
        int positioned = jdbc.sql("""
                        update event set position = next.position
                        from (select id, nextval('event_position') as position
                              from (select id from event where position is null order by id limit :limit) waiting) next
                        where event.id = next.id""").param("limit", limit).update();
        if (positioned > 0) {
            jdbc.sql("select pg_notify('" + EventNotifications.CHANNEL + "', '')")
                    .query((row, number) -> "")
                    .list();
        }
        return positioned;
    }

    private Labelled read(ResultSet row) throws SQLException {
        var event = new Event(
                row.getLong("position"),
                row.getString("type"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("pool_uuid", UUID.class),
                row.getObject("host_uuid", UUID.class),
                row.getObject("job_id", UUID.class),
                json.readValue(row.getString("data"), OBJECT));
        return new Labelled(event, json.readValue(row.getString("labels"), LABELS));
    }

    record Labelled(Event event, Map<String, String> labels) {

        boolean isFor(Caller caller, EventFilter filter) {
            return filter.matches(event) && caller.sees(labels);
        }
    }
}
