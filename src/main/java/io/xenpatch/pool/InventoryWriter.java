package io.xenpatch.pool;

import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes snapshots into the inventory. Each write names the epoch of the pool's watch and raises its revision in its first
 * statement, which also locks the pool's row: writers of one pool come one after the other, and those of a former epoch not at all.
 */
@Component
class InventoryWriter {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TransactionOperations transactions;
    private final EventLog events;
    private final ApplicationEventPublisher publisher;
    private final InstantSource time;

    InventoryWriter(
            JdbcClient jdbc,
            JsonMapper json,
            TransactionOperations transactions,
            EventLog events,
            ApplicationEventPublisher publisher,
            InstantSource time) {
        this.jdbc = jdbc;
        this.json = json;
        this.transactions = transactions;
        this.events = events;
        this.publisher = publisher;
        this.time = time;
    }

    /**
     * Writes what is different, in one transaction with the event {@link PoolChanged}. Joins a transaction that is open.
     *
     * @param known what the caller wrote last; null = it does not know
     * @return what is known now
     * @throws StaleEpoch when the epoch is over
     */
    Known write(PoolUuid pool, long epoch, PoolSnapshot snapshot, @Nullable Known known) {
        var rows = Rows.of(pool.value(), Projection.of(snapshot), json);
        if (known != null && rows.equalTo(known)) {
            return known;
        }
        var written =
                transactions.execute(transaction -> writeNow(pool, epoch, rows, known, transaction.isNewTransaction()));
        return java.util.Objects.requireNonNull(written);
    }

    private Known writeNow(PoolUuid pool, long epoch, Rows rows, @Nullable Known remembered, boolean mayBeLost) {
        long revision = raiseRevision(pool, epoch, mayBeLost);
        var known = remembered != null && remembered.revision() == revision - 1
                ? remembered
                : read(pool.value(), revision - 1);
        if (rows.equalTo(known)) {
            return rows.known(revision);
        }

        Instant now = time.instant();
        if (!rows.pool().digest().equals(known.pool())) {
            writePool(pool.value(), rows.pool(), now);
        }
        rows.items().forEach((table, items) -> {
            table.upsert(jdbc, pool.value(), known.changed(table, items), now);
            table.delete(jdbc, pool.value(), known.gone(table, items));
        });
        tell(pool, known, rows, now);
        return rows.known(revision);
    }

    /**
     * @param mayBeLost does not wait for the disk when the transaction commits. A database server that crashes may then lose the last
     *     writes, each with its event and its revision: the revision that the watch remembers does not fit, and it writes again. What
     *     somebody else's transaction depends on must be as lasting as that one. Said in the same statement, because each statement is
     *     a way to the server and back, and hundreds of changes a second come by here.
     */
    private long raiseRevision(PoolUuid pool, long epoch, boolean mayBeLost) {
        return jdbc.sql("update pool_watch set revision = revision + 1"
                        + " where world = :world and pool_uuid = :pool and epoch = :epoch"
                        + " and (not :mayBeLost or set_config('synchronous_commit', 'off', true) is not null)"
                        + " returning revision")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .param("epoch", epoch)
                .param("mayBeLost", mayBeLost)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new StaleEpoch("epoch " + epoch + " of pool " + pool + " is over"));
    }

    private Known read(UUID pool, long revision) {
        var digests = new EnumMap<InventoryTable, Digests>(InventoryTable.class);
        for (var table : InventoryTable.values()) {
            digests.put(table, table.digests(jdbc, pool));
        }
        var poolDigest = jdbc.sql("select digest from pool_inventory where world = :world and pool_uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool)
                .query(String.class)
                .optional()
                .map(Digest::parse)
                .orElse(Digest.NONE);
        var hosts = new HashMap<UUID, HostFacts>();
        jdbc.sql("select host_uuid, document from host_inventory where world = :world and pool_uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool)
                .query(row -> {
                    hosts.put(
                            row.getObject("host_uuid", UUID.class),
                            json.readValue(row.getString("document"), HostFacts.class));
                });
        return new Known(revision, poolDigest, digests, hosts);
    }

    private void writePool(UUID pool, Row row, Instant now) {
        jdbc.sql("insert into pool_inventory (world, pool_uuid, name, document, digest, changed_at)"
                        + " values (:world, :pool, :name, cast(:document as jsonb), :digest, :now)"
                        + " on conflict (world, pool_uuid) do update set name = excluded.name,"
                        + " document = excluded.document, digest = excluded.digest, changed_at = excluded.changed_at")
                .param("world", World.REAL)
                .param("pool", pool)
                .param("name", row.name())
                .param("document", row.document().get())
                .param("digest", row.digest().toString())
                .param("now", Timestamp.from(now))
                .update();
    }

    private void tell(PoolUuid pool, Known known, Rows rows, Instant now) {
        boolean firstRead = known.isEmpty();
        var changes = firstRead ? List.<HostChange>of() : HostChange.between(known.hosts(), rows.hosts());
        if (!changes.isEmpty()) {
            events.append(new NewEvent(
                    "pool.changed",
                    now,
                    pool.value(),
                    null,
                    null,
                    Map.of("name", rows.pool().name(), "hosts", changes)));
        }
        publisher.publishEvent(new PoolChanged(pool));
    }
}
