package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of uploads. A change that comes too late, because somebody else has ended the upload, changes nothing and says so. */
@Repository
class UploadStore {
    private static final String REAL = "real";
    private static final String RUNNING = " where id = :id and state = 'RUNNING'";

    private static final String FAIL =
            "update update_upload set state = 'FAILED', cleared = not image_asked, ended_at = :now, failure = :text"
                    + RUNNING;

    private final JdbcClient jdbc;

    UploadStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UUID id, PoolUuid pool, long size, Caller caller, Instant now, Duration deadAfter) {
        jdbc.sql("""
                        insert into update_upload (id, world, pool_uuid, size, state, created_at, created_by, alive_until)
                        values (:id, :world, :pool, :size, 'RUNNING', :now, :by, now() + :millis * interval '1 millisecond')
                        """)
                .param("id", id)
                .param("world", REAL)
                .param("pool", pool.value())
                .param("size", size)
                .param("now", Timestamp.from(now))
                .param("by", caller.name())
                .param("millis", deadAfter.toMillis())
                .update();
    }

    /** Empty when the pool was forgotten meanwhile, or the upload is too long ago. */
    Optional<Upload> find(UUID id) {
        return jdbc.sql("select * from update_upload where id = :id")
                .param("id", id)
                .query(UploadStore::row)
                .optional();
    }

    /** The upload into a pool that somebody works on now, if there is one. */
    Optional<UUID> runningInto(PoolUuid pool) {
        return jdbc.sql("select id from update_upload where world = :world and pool_uuid = :pool and state = 'RUNNING'"
                        + " and alive_until > now() order by created_at limit 1")
                .param("world", REAL)
                .param("pool", pool.value())
                .query(UUID.class)
                .optional();
    }

    private static Upload row(ResultSet row, int number) throws SQLException {
        var ended = row.getTimestamp("ended_at");
        var update = row.getObject("update_uuid", UUID.class);
        return new Upload(
                row.getObject("id", UUID.class),
                new PoolUuid(row.getObject("pool_uuid", UUID.class)),
                row.getLong("size"),
                UploadState.valueOf(row.getString("state")),
                row.getBoolean("cleared"),
                row.getTimestamp("alive_until").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getBoolean("image_asked"),
                row.getObject("vdi_uuid") != null,
                update == null ? null : new UpdateUuid(update),
                row.getBoolean("known_before"));
    }

    /** Says that these are still worked on. @return those of them that nobody has ended meanwhile */
    Set<UUID> renew(Collection<UUID> ids, Duration deadAfter) {
        return jdbc
                .sql("update update_upload set alive_until = now() + :millis * interval '1 millisecond'"
                        + " where id = any (:ids) and state = 'RUNNING' returning id")
                .param("millis", deadAfter.toMillis())
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of these that are still worked on, or have left something in their pool that must not be there. */
    Set<UUID> unsettled(Collection<UUID> ids) {
        return jdbc
                .sql("select id from update_upload where id = any (:ids) and (state = 'RUNNING' or not cleared)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Notes that an image is about to be asked for. @return false when somebody has ended the upload */
    boolean askForImage(UUID id, Duration deadAfter) {
        return jdbc.sql("update update_upload set image_asked = true,"
                                + " alive_until = now() + :millis * interval '1 millisecond'" + RUNNING)
                        .param("id", id)
                        .param("millis", deadAfter.toMillis())
                        .update()
                == 1;
    }

    boolean created(UUID id, VdiUuid image) {
        return jdbc.sql("update update_upload set vdi_uuid = :image" + RUNNING)
                        .param("id", id)
                        .param("image", image.value())
                        .update()
                == 1;
    }

    boolean fail(UUID id, String failure, Instant now) {
        return end(id, FAIL, failure, now);
    }

    /** Ends an upload whose instance is silent. @return false when it is not, or no longer */
    boolean abandon(UUID id, Instant now) {
        return end(id, FAIL + " and alive_until < now()", "ABANDONED", now);
    }

    private boolean end(UUID id, String sql, String text, Instant now) {
        return jdbc.sql(sql)
                        .param("id", id)
                        .param("text", text)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    /** @param knownBefore then the image is not needed and still to be removed */
    boolean succeed(UUID id, UpdateUuid update, boolean knownBefore, Instant now) {
        return jdbc.sql(
                                "update update_upload set state = 'SUCCEEDED', ended_at = :now, update_uuid = :update,"
                                        + " known_before = :known, cleared = not :known where id = :id and state <> 'SUCCEEDED'")
                        .param("id", id)
                        .param("update", update.value())
                        .param("known", knownBefore)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    void clear(UUID id) {
        jdbc.sql("update update_upload set cleared = true where id = :id")
                .param("id", id)
                .update();
    }

    void forget(UUID id) {
        jdbc.sql("delete from update_upload where id = :id").param("id", id).update();
    }
}
