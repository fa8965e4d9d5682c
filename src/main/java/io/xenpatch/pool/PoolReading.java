package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Reads registered pools; never touches one. */
@Service
public class PoolReading {
    private static final String SELECT = """
            select p.uuid, p.version, p.address, p.pins, p.labels, p.registered_at,
                   w.state, w.since, w.presented, i.name, i.document
            from pool p
            join pool_watch w on w.world = p.world and w.pool_uuid = p.uuid
            join pool_inventory i on i.world = p.world and i.pool_uuid = p.uuid
            where p.world = :world and p.labels @> cast(:scope as jsonb)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PoolRows rows;

    PoolReading(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.rows = new PoolRows(json);
    }

    /**
     * The pools in the caller's scope, by name.
     *
     * @param labels that a pool must all carry
     */
    public Page<PoolView> pools(Caller caller, Map<String, String> labels, PageRequest page) {
        @Nullable Cursor after = page.after().orElse(null);
        var found = jdbc.sql(SELECT + """
                         and p.labels @> cast(:labels as jsonb)
                         and (cast(:name as text) is null or (i.name, p.uuid) > (:name, cast(:after as uuid)))
                        order by i.name, p.uuid limit :rows
                        """)
                .param("world", World.REAL)
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("labels", json.writeValueAsString(labels))
                .param("name", after == null ? null : after.textAt(0))
                .param("after", after == null ? null : after.uuidAt(1))
                .param("rows", page.rowsToRead())
                .query(rows)
                .list();
        return Page.of(found, page, pool -> Cursor.of(pool.name(), pool.uuid()));
    }

    /** @throws ProblemException {@code pool-not-found} when it is not registered or out of the caller's scope */
    public PoolView pool(Caller caller, PoolUuid pool) {
        return jdbc.sql(SELECT + " and p.uuid = :pool")
                .param("world", World.REAL)
                .param("scope", json.writeValueAsString(caller.scope()))
                .param("pool", pool.value())
                .query(rows)
                .optional()
                .orElseThrow(() -> PoolConnections.notFound(pool));
    }

    /** The labels of a pool; empty when it is not known. */
    Map<String, String> labels(UUID pool) {
        return jdbc.sql("select labels from pool where world = :world and uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool)
                .query((row, number) -> rows.labels(row.getString("labels")))
                .optional()
                .orElse(Map.of());
    }
}
