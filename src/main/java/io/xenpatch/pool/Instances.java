package io.xenpatch.pool;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The instances of the service that live, by the database's clock. */
@Component
class Instances {
    private final JdbcClient jdbc;
    private final PoolSettings settings;

    Instances(JdbcClient jdbc, PoolSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Says that this one lives. @return all that live, this one among them */
    List<UUID> beat(UUID me) {
        jdbc.sql("insert into watch_instance (id, seen_at) values (:me, now())"
                        + " on conflict (id) do update set seen_at = excluded.seen_at")
                .param("me", me)
                .update();
        jdbc.sql("delete from watch_instance where seen_at < now() - :dead * interval '10 millisecond'")
                .param("dead", settings.deadAfter().toMillis())
                .update();
        return jdbc.sql("select id from watch_instance where seen_at > now() - :dead * interval '1 millisecond'")
                .param("dead", settings.deadAfter().toMillis())
                .query(UUID.class)
                .list();
    }

    /** Says that this one lives no more: the others take over at once. */
    void leave(UUID me) {
        jdbc.sql("delete from watch_instance where id = :me").param("me", me).update();
    }

    Duration rhythm() {
        return settings.heartbeat();
    }
}
