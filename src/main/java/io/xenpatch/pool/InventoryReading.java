package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Reads the inventory: hosts, guests and updates as they were last seen; never touches a pool. */
@Service
public class InventoryReading {
    private static final String HOSTS = """
            select h.host_uuid id, h.pool_uuid, h.changed_at, h.document
            from host_inventory h
            join pool p on p.world = h.world and p.uuid = h.pool_uuid
            where h.world = :world and p.labels @> cast(:scope as jsonb)
            """;
    private static final String PAGE_OF_HOSTS = HOSTS + """
             and (cast(:pool as uuid) is null or h.pool_uuid = :pool)
             and (cast(:task as text) is null or :task = any (h.pending_tasks))
             and (cast(:status as text) is null or h.update_status = :status)
             and p.labels @> cast(:labels as jsonb)
             and (cast(:name as text) is null
                  or (h.name, h.host_uuid, h.pool_uuid) > (:name, cast(:after as uuid), cast(:afterPool as uuid)))
            order by h.name, h.host_uuid, h.pool_uuid limit :rows
            """;
    private static final String VMS = """
            select v.vm_uuid id, v.pool_uuid, v.changed_at, v.document
            from vm_inventory v
            where v.world = :world and v.pool_uuid = :pool and v.host_uuid = :host
              and (cast(:name as text) is null or (v.name, v.vm_uuid) > (:name, cast(:after as uuid)))
            order by v.name, v.vm_uuid limit :rows
            """;
    private static final String UPDATES = """
            select u.update_uuid id, u.pool_uuid, u.changed_at, u.document
            from update_inventory u
            where u.world = :world and u.pool_uuid = :pool
            """;
    private static final String PAGE_OF_UPDATES = UPDATES + """
              and (cast(:name as text) is null or (u.name, u.update_uuid) > (:name, cast(:after as uuid)))
            order by u.name, u.update_uuid limit :rows
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PoolReading pools;

    InventoryReading(JdbcClient jdbc, JsonMapper json, PoolReading pools) {
        this.jdbc = jdbc;
        this.json = json;
        this.pools = pools;
    }

    /** The hosts in the caller's scope, by name. @throws ProblemException {@code pool-not-found} for a pool that is not */
    public Page<InventoryItem<HostFacts>> hosts(Caller caller, HostFilter filter, PageRequest page) {
        PoolUuid pool = filter.pool();
        if (pool != null) {
            pools.pool(caller, pool);
        }
        @Nullable Cursor after = page.after().orElse(null);
        var found = jdbc.sql(PAGE_OF_HOSTS)
                .param("world", World.REAL)
                .param("scope", scope(caller))
                .param("pool", pool == null ? null : pool.value())
                .param(
                        "task",
                        filter.pendingTask() == null
                                ? null
                                : filter.pendingTask().name())
                .param(
                        "status",
                        filter.updateStatus() == null
                                ? null
                                : filter.updateStatus().name())
                .param("labels", json.writeValueAsString(filter.labels()))
                .param("name", after == null ? null : after.textAt(0))
                .param("after", after == null ? null : after.uuidAt(1))
                .param("afterPool", after == null ? null : after.uuidAt(2))
                .param("rows", page.rowsToRead())
                .query(items(HostFacts.class))
                .list();
        return Page.of(found, page, host -> Cursor.of(host.facts().name(), host.uuid(), host.poolUuid()));
    }

    /**
     * One host; of a host that two pools know, what was learnt last.
     *
     * @throws ProblemException {@code host-not-found} when it is not known or out of the caller's scope
     */
    public InventoryItem<HostFacts> host(Caller caller, HostUuid host) {
        return jdbc.sql(HOSTS + " and h.host_uuid = :host order by h.changed_at desc limit 1")
                .param("world", World.REAL)
                .param("scope", scope(caller))
                .param("host", host.value())
                .query(items(HostFacts.class))
                .optional()
                .orElseThrow(() -> new ProblemException(ProblemType.HOST_NOT_FOUND, "No host " + host + " is known."));
    }

    /** The guests that run on a host, by name. @throws ProblemException {@code host-not-found} */
    public Page<InventoryItem<VmFacts>> vmsOn(Caller caller, HostUuid host, PageRequest page) {
        UUID pool = host(caller, host).poolUuid();
        var found = ofPool(VMS, pool, page)
                .param("host", host.value())
                .query(items(VmFacts.class))
                .list();
        return Page.of(found, page, vm -> Cursor.of(vm.facts().name(), vm.uuid()));
    }

    /** The updates that a pool knows, by name. @throws ProblemException {@code pool-not-found} */
    public Page<InventoryItem<UpdateFacts>> updatesOf(Caller caller, PoolUuid pool, PageRequest page) {
        pools.pool(caller, pool);
        var found = ofPool(PAGE_OF_UPDATES, pool.value(), page)
                .query(items(UpdateFacts.class))
                .list();
        return Page.of(found, page, update -> Cursor.of(update.facts().name(), update.uuid()));
    }

    /** One update that a pool knows. @throws ProblemException {@code pool-not-found}, {@code update-not-found} */
    public InventoryItem<UpdateFacts> updateOf(Caller caller, PoolUuid pool, UpdateUuid update) {
        pools.pool(caller, pool);
        return jdbc.sql(UPDATES + " and u.update_uuid = :update")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .param("update", update.value())
                .query(items(UpdateFacts.class))
                .optional()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UPDATE_NOT_FOUND, "Pool " + pool + " does not know update " + update + "."));
    }

    private JdbcClient.StatementSpec ofPool(String sql, UUID pool, PageRequest page) {
        @Nullable Cursor after = page.after().orElse(null);
        return jdbc.sql(sql)
                .param("world", World.REAL)
                .param("pool", pool)
                .param("name", after == null ? null : after.textAt(0))
                .param("after", after == null ? null : after.uuidAt(1))
                .param("rows", page.rowsToRead());
    }

    private String scope(Caller caller) {
        return json.writeValueAsString(caller.scope());
    }

    private <T> RowMapper<InventoryItem<T>> items(Class<T> facts) {
        return (row, number) -> new InventoryItem<>(
                row.getObject("id", UUID.class),
                row.getObject("pool_uuid", UUID.class),
                row.getTimestamp("changed_at").toInstant(),
                json.readValue(row.getString("document"), facts));
    }
}
