package io.xenpatch.pool;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table of the inventory that has one row an object of a pool. */
enum InventoryTable {
    HOST("host_inventory", "host_uuid", List.of("update_status", "pending_tasks"), "extra, string_to_array(more, ',')"),
    VM("vm_inventory", "vm_uuid", List.of("host_uuid"), "cast(nullif(extra, '') as uuid)"),
    UPDATE("update_inventory", "update_uuid", List.of(), "");

    private final String digests;
    private final String upsert;
    private final String delete;

    InventoryTable(String table, String key, List<String> columns, String values) {
        String names = columns.stream().map(column -> ", " + column).reduce("", String::concat);
        String updates = columns.stream()
                .map(column -> ", " + column + " = excluded." + column)
                .reduce("", String::concat);
        digests = "select " + key + " id, digest from " + table + " where world = :world and pool_uuid = :pool";
        upsert = "insert into " + table + " (world, pool_uuid, " + key + ", name" + names
                + ", document, digest, changed_at) select :world, :pool, cast(id as uuid), name"
                + (values.isEmpty() ? "" : ", " + values)
                + ", cast(document as jsonb), digest, :now"
                + " from unnest(cast(:ids as text[]), cast(:names as text[]), cast(:extras as text[]),"
                + " cast(:mores as text[]), cast(:documents as text[]), cast(:digests as text[]))"
                + " as row (id, name, extra, more, document, digest)"
                + " on conflict (world, pool_uuid, " + key + ") do update set name = excluded.name" + updates
                + ", document = excluded.document, digest = excluded.digest, changed_at = excluded.changed_at";
        delete = "delete from " + table + " where world = :world and pool_uuid = :pool and " + key
                + " = any (cast(:ids as uuid[]))";
    }

    Digests digests(JdbcClient jdbc, UUID pool) {
        var found = new HashMap<UUID, Digest>();
        jdbc.sql(digests).param("world", World.REAL).param("pool", pool).query(row -> {
            found.put(row.getObject("id", UUID.class), Digest.parse(row.getString("digest")));
        });
        return new Digests(found);
    }

    /** Writes rows in one statement. */
    void upsert(JdbcClient jdbc, UUID pool, List<Row> rows, Instant now) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(upsert)
                .param("world", World.REAL)
                .param("pool", pool)
                .param("ids", texts(rows, row -> row.id().toString()))
                .param("names", texts(rows, Row::name))
                .param("extras", texts(rows, Row::extra))
                .param("mores", texts(rows, Row::more))
                .param("documents", texts(rows, row -> row.document().get()))
                .param("digests", texts(rows, row -> row.digest().toString()))
                .param("now", Timestamp.from(now))
                .update();
    }

    void delete(JdbcClient jdbc, UUID pool, Collection<UUID> gone) {
        if (gone.isEmpty()) {
            return;
        }
        jdbc.sql(delete)
                .param("world", World.REAL)
                .param("pool", pool)
                .param("ids", texts(gone, UUID::toString))
                .update();
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }
}
