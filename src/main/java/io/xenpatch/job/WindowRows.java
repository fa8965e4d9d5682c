package io.xenpatch.job;

import io.xenpatch.http.Cursor;
import io.xenpatch.http.PageRequest;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of maintenance windows. */
@Component
class WindowRows {
    private final JdbcClient jdbc;
    private final JobJson json;

    WindowRows(JdbcClient jdbc, JobJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(MaintenanceWindow window) {
        jdbc.sql(
                        "insert into maintenance_window (id, name, kept, created_at) values (:id, :name, :kept::jsonb, :created)")
                .param("id", window.id())
                .param("name", window.name())
                .param("kept", json.write(window))
                .param("created", Timestamp.from(window.createdAt()))
                .update();
    }

    Optional<MaintenanceWindow> find(UUID id) {
        return jdbc.sql("select kept::text from maintenance_window where id = :id")
                .param("id", id)
                .query((row, n) -> json.read(row.getString(1), MaintenanceWindow.class))
                .optional();
    }

    /** The same, kept from being changed or used until the transaction ends. */
    Optional<MaintenanceWindow> lock(UUID id) {
        return jdbc.sql("select kept::text from maintenance_window where id = :id for update")
                .param("id", id)
                .query((row, n) -> json.read(row.getString(1), MaintenanceWindow.class))
                .optional();
    }

    /** By name. */
    List<MaintenanceWindow> list(PageRequest page) {
        @Nullable Cursor after = page.after().orElse(null);
        return jdbc.sql("""
                        select kept::text from maintenance_window
                        where cast(:name as text) is null or (name, id) > (:name, cast(:after as uuid))
                        order by name, id limit :rows
                        """)
                .param("name", after == null ? null : after.textAt(0))
                .param("after", after == null ? null : after.uuidAt(1))
                .param("rows", page.rowsToRead())
                .query((row, n) -> json.read(row.getString(1), MaintenanceWindow.class))
                .list();
    }

    void update(MaintenanceWindow window) {
        jdbc.sql("update maintenance_window set name = :name, kept = :kept::jsonb where id = :id")
                .param("id", window.id())
                .param("name", window.name())
                .param("kept", json.write(window))
                .update();
    }

    /** Also of jobs that have ended: they keep no window. */
    void delete(UUID id) {
        jdbc.sql("update pool_update set window_id = null where window_id = :id and finished_at is not null")
                .param("id", id)
                .update();
        jdbc.sql("delete from maintenance_window where id = :id")
                .param("id", id)
                .update();
    }

    /** Unfinished jobs that work in it. */
    List<UUID> users(UUID id) {
        return jdbc.sql(
                        "select distinct job_id from pool_update where window_id = :id and finished_at is null order by job_id")
                .param("id", id)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Has those that wait for it look when it opens now. @return which they are */
    List<PoolUpdateId> lookAgain(UUID id) {
        return jdbc.sql("""
                        update pool_update set not_before = null where window_id = :id and state = 'WAITING' returning id
                        """)
                .param("id", id)
                .query((row, n) -> new PoolUpdateId(row.getObject(1, UUID.class)))
                .list();
    }
}
