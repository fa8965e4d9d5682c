package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.ETag;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xen.PoolUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Amends registered pools; each method is one transaction, with its event and audit row. */
@Component
class PoolAmendments {
    private final RegisteredPools pools;
    private final Watches watches;
    private final InventoryWriter inventory;
    private final SecretBox secrets;
    private final PoolHistory history;
    private final ObjectProvider<PoolHolds> holds;

    PoolAmendments(
            RegisteredPools pools,
            Watches watches,
            InventoryWriter inventory,
            SecretBox secrets,
            PoolHistory history,
            ObjectProvider<PoolHolds> holds) {
        this.pools = pools;
        this.watches = watches;
        this.inventory = inventory;
        this.secrets = secrets;
        this.history = history;
        this.holds = holds;
    }

    @Transactional(readOnly = true)
    PoolAccess access(PoolUuid pool) {
        return found(pool).access(secrets);
    }

    @Transactional
    void label(Caller caller, PoolUuid uuid, long revision, PoolChange change) {
        var pool = unchanged(uuid, revision);
        if (change.labels() == null || change.labels().equals(pool.labels())) {
            return;
        }
        pool.label(change.labels());
        pools.flush();
        history.note(caller, "pool.edited", uuid, Map.of("changed", List.of("labels")));
    }

    @Transactional
    void reach(Caller caller, long revision, Endpoint endpoint, Reached reached, PoolChange change) {
        PoolUuid uuid = reached.snapshot().uuid();
        var pool = unchanged(uuid, revision);
        var before = pool.pins();
        pool.reachBy(
                change.address() == null ? Address.parse(pool.address(), true) : endpoint, reached.access(), secrets);
        if (change.tlsFingerprint() != null && endpoint.tls()) {
            pool.confirm(reached.snapshot().coordinator(), Fingerprint.parse(change.tlsFingerprint()));
        }
        if (change.labels() != null) {
            pool.label(change.labels());
        }
        pools.flush();
        inventory.write(uuid, watches.renew(uuid), reached.snapshot(), null);
        history.note(
                caller,
                "pool.edited",
                uuid,
                Map.of("changed", fields(change), "pins", Pins.changes(before, pool.pins())));
    }

    @Transactional
    void forget(Caller caller, PoolUuid uuid, PoolView present) {
        var pool = unchanged(uuid, present.revision());
        holds.orderedStream()
                .flatMap(all -> all.holder(uuid).stream())
                .findFirst()
                .ifPresent(hold -> {
                    throw busy(present.name(), hold);
                });
        history.note(caller, "pool.deleted", uuid, Map.of("name", present.name(), "address", pool.address()));
        pools.delete(pool);
        pools.flush();
    }

    private RegisteredPool unchanged(PoolUuid uuid, long revision) {
        var pool = found(uuid);
        ETag.require(ETag.of(revision), pool.version());
        return pool;
    }

    private RegisteredPool found(PoolUuid pool) {
        return pools.of(pool).orElseThrow(() -> PoolConnections.notFound(pool));
    }

    private static List<String> fields(PoolChange change) {
        var fields = new ArrayList<String>();
        add(fields, "address", change.address());
        add(fields, "username", change.username());
        add(fields, "password", change.password());
        add(fields, "tlsFingerprint", change.tlsFingerprint());
        add(fields, "labels", change.labels());
        return fields;
    }

    private static void add(List<String> fields, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            fields.add(name);
        }
    }

    private static ProblemException busy(String name, PoolHolds.Hold hold) {
        return new ProblemException(
                ProblemType.POOL_BUSY,
                hold.who() + " holds pool " + name + ". " + hold.cure(),
                List.of(),
                hold.properties());
    }
}
