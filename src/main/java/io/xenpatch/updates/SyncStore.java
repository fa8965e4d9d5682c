package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import io.xenpatch.updates.Synchronisation.State;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of synchronisations. */
@Repository
class SyncStore {
    private static final String REAL = "real";

    private final JdbcClient jdbc;

    SyncStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return false when one runs on this pool already */
    boolean insert(UUID id, PoolUuid pool, Caller caller, Instant now) {
        return jdbc.sql("insert into update_sync (id, world, pool_uuid, state, created_by, started_at)"
                                + " values (:id, :world, :pool, 'RUNNING', :caller, :now) on conflict do nothing")
                        .param("id", id)
                        .param("world", REAL)
                        .param("pool", pool.value())
                        .param("caller", caller.name())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** The pool's last one; the one that runs if any does. */
    Optional<Synchronisation> last(PoolUuid pool) {
        return jdbc.sql("select * from update_sync where world = :world and pool_uuid = :pool"
                        + " order by state = 'RUNNING' desc, started_at desc limit 1")
                .param("world", REAL)
                .param("pool", pool.value())
                .query(SyncStore::row)
                .optional();
    }

    Optional<Running> running(UUID id) {
        return jdbc.sql("select * from update_sync where id = :id and state = 'RUNNING'")
                .param("id", id)
                .query((row, number) -> {
                    var task = row.getString("task");
                    return new Running(row(row, number), task == null ? null : new XapiTaskRef(task));
                })
                .optional();
    }

    void accepted(UUID id, @Nullable XapiTaskRef task) {
        jdbc.sql("update update_sync set task = :task where id = :id and state = 'RUNNING'")
                .param("task", task == null ? null : task.value())
                .param("id", id)
                .update();
    }

    boolean end(UUID id, State state, @Nullable String hash, @Nullable String failure, Instant now) {
        return jdbc.sql("update update_sync set state = :state, hash = :hash, failure = :failure, ended_at = :now"
                                + " where id = :id and state = 'RUNNING'")
                        .param("state", state.name())
                        .param("hash", hash)
                        .param("failure", failure)
                        .param("now", Timestamp.from(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Those of the pool that ended before this one began. */
    void forgetFormer(Synchronisation one) {
        jdbc.sql(
                        "delete from update_sync where world = :world and pool_uuid = :pool and id <> :id and state <> 'RUNNING'")
                .param("world", REAL)
                .param("pool", one.poolUuid())
                .param("id", one.id())
                .update();
    }

    private static Synchronisation row(ResultSet row, int number) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        return new Synchronisation(
                row.getObject("id", UUID.class),
                row.getObject("pool_uuid", UUID.class),
                State.valueOf(row.getString("state")),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("hash"),
                row.getString("failure"));
    }

    /** @param task null while it is not known whether the pool has accepted the call */
    record Running(Synchronisation sync, @Nullable XapiTaskRef task) {}
}
