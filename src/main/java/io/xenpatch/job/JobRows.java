package io.xenpatch.job;

import io.xenpatch.assessment.DecisionView;
import io.xenpatch.xen.HostUuid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of the four levels: reads a pool update whole, writes what differs. */
@Component
class JobRows {
    private static final String POOL_UPDATE = """
            select p.kept::text, p.cancel_requested, p.pause_requested, p.skip_hosts, p.not_before, w.kept::text as opens
            from pool_update p left join maintenance_window w on w.id = p.window_id
            """;

    private final JdbcClient jdbc;
    private final JobJson json;

    JobRows(JdbcClient jdbc, JobJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<PoolUpdate> find(PoolUpdateId id) {
        return jdbc.sql(POOL_UPDATE + " where p.id = :id")
                .param("id", id.value())
                .query((row, n) -> whole(row))
                .optional();
    }

    List<PoolUpdate> ofJob(JobId job) {
        return jdbc.sql(POOL_UPDATE + " where p.job_id = :job order by p.position")
                .param("job", job.value())
                .query((row, n) -> whole(row))
                .list();
    }

    /** @return false when another update occupies the pool; nothing is written then, and the transaction goes on */
    boolean insert(PoolUpdate pool) {
        int inserted = jdbc.sql("""
                        insert into pool_update (id, job_id, world, pool_uuid, position, state, kept, created_at, not_before, window_id,
                            needs_format)
                        values (:id, :job, :world, :pool, :position, :state, :kept::jsonb, :created, :before::timestamptz, :opens,
                            :format)
                        on conflict (world, pool_uuid)
                            where state in ('PRECHECKING', 'RUNNING', 'PAUSED', 'CANCELLING', 'REVERTING') do nothing
                        """)
                .param("id", pool.id().value())
                .param("job", pool.job().value())
                .param("world", pool.world())
                .param("pool", pool.pool().value())
                .param("position", pool.position())
                .param("state", pool.state().name())
                .param("kept", json.write(pool.withoutHosts()))
                .param("created", java.sql.Timestamp.from(pool.createdAt()))
                .param("before", Objects.toString(pool.notBefore(), null))
                .param("opens", pool.window() == null ? null : pool.window().id())
                .param("format", pool.neededFormat())
                .update();
        return inserted == 1;
    }

    /** Makes the rows those of {@code after}, by what differs; what people wish is never written here. */
    void update(PoolUpdate before, PoolUpdate after) {
        if (!before.withoutHosts().equals(after.withoutHosts())
                || !Objects.equals(before.notBefore(), after.notBefore())) {
            jdbc.sql("""
                            update pool_update set state = :state, kept = :kept::jsonb, finished_at = :finished::timestamptz,
                                not_before = :before::timestamptz, needs_format = greatest(needs_format, :format)
                            where id = :id
                            """)
                    .param("id", after.id().value())
                    .param("state", after.state().name())
                    .param("kept", json.write(after.withoutHosts()))
                    .param("finished", Objects.toString(after.finishedAt(), null))
                    .param("before", Objects.toString(after.notBefore(), null))
                    .param("format", after.neededFormat())
                    .update();
        }
        removeHosts(before, after);
        Map<UUID, HostUpdate> known = byUuid(before);
        after.hosts().forEach(host -> update(after, known.get(host.host().value()), host));
    }

    private void update(PoolUpdate pool, @Nullable HostUpdate before, HostUpdate after) {
        if (before == null || !before.withoutSteps().equals(after.withoutSteps())) {
            jdbc.sql("""
                            insert into host_update (pool_update_id, host_uuid, position, state, outcome, kept,
                                planned_decision, observed_decision)
                            values (:pool, :host, :position, :state, :outcome, :kept::jsonb, :planned::jsonb, :observed::jsonb)
                            on conflict (pool_update_id, host_uuid) do update set position = excluded.position,
                                state = excluded.state, outcome = excluded.outcome, kept = excluded.kept,
                                planned_decision = excluded.planned_decision, observed_decision = excluded.observed_decision
                            """)
                    .param("pool", pool.id().value())
                    .param("host", after.host().value())
                    .param("position", after.position())
                    .param("state", after.state().name())
                    .param("outcome", Objects.toString(after.outcome(), null))
                    .param("kept", json.write(after.withoutSteps()))
                    .param("planned", decision(HostProgress.planned(after)))
                    .param("observed", decision(HostProgress.observed(after)))
                    .update();
        }
        Map<Integer, Step> known = before == null
                ? Map.of()
                : before.steps().stream().collect(Collectors.toMap(Step::position, Function.identity()));
        removeSteps(pool, after, known.keySet());
        after.steps().stream()
                .filter(step -> !step.equals(known.get(step.position())))
                .forEach(step -> write(pool, after, step));
    }

    /** A plan made again may have fewer hosts; their steps go with them. */
    private void removeHosts(PoolUpdate before, PoolUpdate after) {
        Set<UUID> gone = new HashSet<>(byUuid(before).keySet());
        gone.removeAll(byUuid(after).keySet());
        if (!gone.isEmpty()) {
            jdbc.sql("delete from host_update where pool_update_id = :pool and host_uuid in (:gone)")
                    .param("pool", after.id().value())
                    .param("gone", gone)
                    .update();
        }
    }

    /** A host that begins again may have fewer steps. */
    private void removeSteps(PoolUpdate pool, HostUpdate host, Set<Integer> positions) {
        Set<Integer> gone = new HashSet<>(positions);
        host.steps().forEach(step -> gone.remove(step.position()));
        if (!gone.isEmpty()) {
            jdbc.sql("delete from step where pool_update_id = :pool and host_uuid = :host and position in (:gone)")
                    .param("pool", pool.id().value())
                    .param("host", host.host().value())
                    .param("gone", gone)
                    .update();
        }
    }

    private void write(PoolUpdate pool, HostUpdate host, Step step) {
        jdbc.sql("""
                        insert into step (pool_update_id, host_uuid, position, type, state, kept)
                        values (:pool, :host, :position, :type, :state, :kept::jsonb)
                        on conflict (pool_update_id, host_uuid, position)
                            do update set type = excluded.type, state = excluded.state, kept = excluded.kept
                        """)
                .param("pool", pool.id().value())
                .param("host", host.host().value())
                .param("position", step.position())
                .param("type", step.type().name())
                .param("state", step.state().name())
                .param("kept", json.write(step))
                .update();
    }

    private @Nullable String decision(@Nullable DecisionView decision) {
        return decision == null ? null : json.write(decision);
    }

    private PoolUpdate whole(ResultSet row) throws SQLException {
        PoolUpdate pool = json.read(row.getString(1), PoolUpdate.class);
        Set<HostUuid> skip = Arrays.stream((UUID[]) row.getArray(4).getArray())
                .map(HostUuid::new)
                .collect(Collectors.toSet());
        Timestamp before = row.getTimestamp(5);
        String window = row.getString(6);
        Wishes wishes = new Wishes(row.getBoolean(2), row.getBoolean(3), skip);
        return pool.loaded(
                wishes,
                window == null ? null : json.read(window, MaintenanceWindow.class),
                before == null ? null : before.toInstant(),
                hosts(pool));
    }

    private List<HostUpdate> hosts(PoolUpdate pool) {
        Map<UUID, TreeMap<Integer, Step>> steps = new java.util.HashMap<>();
        jdbc.sql("select host_uuid, kept::text from step where pool_update_id = :id")
                .param("id", pool.id().value())
                .query((row, n) -> {
                    Step step = json.read(row.getString(2), Step.class);
                    steps.computeIfAbsent(row.getObject(1, UUID.class), host -> new TreeMap<>())
                            .put(step.position(), step);
                    return step;
                })
                .list();
        List<HostUpdate> hosts = jdbc.sql(
                        "select kept::text from host_update where pool_update_id = :id order by position")
                .param("id", pool.id().value())
                .query((row, n) -> json.read(row.getString(1), HostUpdate.class))
                .list();
        return hosts.stream()
                .map(host -> host.withSteps(List.copyOf(
                        steps.getOrDefault(host.host().value(), new TreeMap<>()).values())))
                .toList();
    }

    private static Map<UUID, HostUpdate> byUuid(PoolUpdate pool) {
        return pool.hosts().stream()
                .collect(Collectors.toMap(host -> host.host().value(), Function.identity()));
    }
}
