package io.xenpatch.audit;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The audit log as rows. */
@Component
class PostgresAuditLog implements AuditLog, AuditPages {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource time;

    PostgresAuditLog(JdbcClient jdbc, JsonMapper json, InstantSource time) {
        this.jdbc = jdbc;
        this.json = json;
        this.time = time;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(Caller caller, String action, String subject, Map<String, Object> details) {
        jdbc.sql("""
                        insert into audit_event (at, actor, role, action, subject, scope, details)
                        values (:at, :actor, :role, :action, :subject, :scope::jsonb, :details::jsonb)""")
                .param("at", utc(time.instant()))
                .param("actor", caller.name())
                .param("role", caller.role().name())
                .param("action", action)
                .param("subject", subject)
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("details", json.writeValueAsString(details))
                .update();
    }

    @Override
    public Page<AuditEvent> page(Caller caller, AuditFilter filter, PageRequest request) {
        var rows = jdbc.sql("""
                        select id, at, actor, role, action, subject, details from audit_event
                        where scope @> :scope::jsonb
                          and (:actor::text is null or actor = :actor)
                          and (:action::text is null or action = :action)
                          and (:subject::text is null or subject = :subject)
                          and (:from::timestamptz is null or at >= :from)
                          and (:to::timestamptz is null or at < :to)
                          and id < :before
                        order by id desc limit :limit""")
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("actor", filter.actor())
                .param("action", filter.action())
                .param("subject", filter.subject())
                .param("from", utc(filter.from()))
                .param("to", utc(filter.to()))
                .param("before", request.after().map(cursor -> cursor.longAt(0)).orElse(Long.MAX_VALUE))
                .param("limit", request.rowsToRead())
                .query((row, number) -> read(row))
                .list();
        return Page.of(rows, request, event -> Cursor.of(event.id()));
    }

    private AuditEvent read(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("role"),
                row.getString("action"),
                row.getString("subject"),
                json.readValue(row.getString("details"), OBJECT));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
