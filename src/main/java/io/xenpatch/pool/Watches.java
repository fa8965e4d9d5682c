package io.xenpatch.pool;

import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolUuid;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The rows that say who watches a pool, in which epoch, and how the pool is reached. */
@Component
class Watches {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final EventLog events;
    private final InstantSource time;

    Watches(JdbcClient jdbc, TransactionOperations transactions, EventLog events, InstantSource time) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.time = time;
    }

    /**
     * For a pool that was just registered, and so was just reached.
     *
     * @return the first epoch: later than every one that this pool had before it was forgotten
     */
    long begin(PoolUuid pool) {
        return jdbc.sql("insert into pool_watch (world, pool_uuid, epoch, revision, state, since)"
                        + " values (:world, :pool, cast(extract(epoch from clock_timestamp()) * 1000 as bigint), 0,"
                        + " 'CONNECTED', :now) returning epoch")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .param("now", Timestamp.from(time.instant()))
                .query(Long.class)
                .single();
    }

    /** Ends the present epoch because the pool is reached in another way now, which was just tried. @return the next epoch */
    long renew(PoolUuid pool) {
        connected(pool);
        return jdbc.sql("update pool_watch set epoch = epoch + 1, owner = null"
                        + " where world = :world and pool_uuid = :pool returning epoch")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .query(Long.class)
                .single();
    }

    private void connected(PoolUuid pool) {
        jdbc.sql("update pool_watch set state = 'CONNECTED', since = :now, presented = null"
                        + " where world = :world and pool_uuid = :pool and state <> 'CONNECTED'")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .param("now", Timestamp.from(time.instant()))
                .update();
    }

    /**
     * Takes over watches, all at once; what the former owner still wants to write is refused from now on.
     *
     * @return the new epochs; a pool that is forgotten has none
     */
    Map<PoolUuid, Long> takeOver(Collection<PoolUuid> pools, UUID me) {
        var epochs = new HashMap<PoolUuid, Long>();
        jdbc.sql("update pool_watch set epoch = epoch + 1, owner = :me,"
                        + " state = case when state = 'CONNECTED' and owner is not null then 'CONNECTING' else state end,"
                        + " since = case when state = 'CONNECTED' and owner is not null then :now else since end"
                        + " where world = :world and pool_uuid = any(:pools) returning pool_uuid, epoch")
                .param("me", me)
                .param("world", World.REAL)
                .param("pools", pools.stream().map(PoolUuid::value).toArray(UUID[]::new))
                .param("now", Timestamp.from(time.instant()))
                .query(row -> {
                    epochs.put(new PoolUuid(row.getObject("pool_uuid", UUID.class)), row.getLong("epoch"));
                });
        return epochs;
    }

    Optional<Long> epoch(PoolUuid pool) {
        return jdbc.sql("select epoch from pool_watch where world = :world and pool_uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .query(Long.class)
                .optional();
    }

    /** Every pool that is to be watched by someone. */
    Map<PoolUuid, Position> all() {
        var positions = new HashMap<PoolUuid, Position>();
        jdbc.sql("select pool_uuid, epoch, revision from pool_watch where world = :world")
                .param("world", World.REAL)
                .query(row -> {
                    positions.put(
                            new PoolUuid(row.getObject("pool_uuid", UUID.class)),
                            new Position(row.getLong("epoch"), row.getLong("revision")));
                });
        return positions;
    }

    /**
     * Notes how the pool is reached, with an event, if that is new.
     *
     * @param presented the certificate that was refused; null otherwise
     * @throws StaleEpoch when the epoch is over
     */
    void note(PoolUuid pool, long epoch, ConnectionState state, @Nullable String presented) {
        transactions.executeWithoutResult(transaction -> {
            Instant now = time.instant();
            int changed = jdbc.sql("update pool_watch set state = :state, since = :now, presented = :presented"
                            + " where world = :world and pool_uuid = :pool and epoch = :epoch"
                            + " and (state, presented) is distinct from (:state, cast(:presented as text))")
                    .param("state", state.name())
                    .param("now", Timestamp.from(now))
                    .param("presented", presented)
                    .param("world", World.REAL)
                    .param("pool", pool.value())
                    .param("epoch", epoch)
                    .update();
            if (changed == 1) {
                tell(pool, state, presented, now);
            } else if (!epoch(pool).equals(Optional.of(epoch))) {
                throw new StaleEpoch("epoch " + epoch + " of pool " + pool + " is over");
            }
        });
    }

    private void tell(PoolUuid pool, ConnectionState state, @Nullable String presented, Instant now) {
        Map<String, Object> data = presented == null ? Map.of() : Map.of("presentedFingerprint", presented);
        String type = switch (state) {
            case CONNECTED -> "pool.connected";
            case CONNECTING -> "pool.connecting";
            case UNREACHABLE -> "pool.unreachable";
            case CERTIFICATE_CHANGED -> "pool.certificate-changed";
            case AUTHENTICATION_FAILED -> "pool.authentication-failed";
        };
        events.append(new NewEvent(type, now, pool.value(), null, null, data));
    }

    /** Where a watch stands. */
    record Position(long epoch, long revision) {}
}
