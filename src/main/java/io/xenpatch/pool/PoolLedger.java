package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xen.PoolUuid;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Enters pools: aggregate, first inventory, event and audit row in one transaction. */
@Component
class PoolLedger {
    private final RegisteredPools pools;
    private final Watches watches;
    private final InventoryWriter inventory;
    private final SecretBox secrets;
    private final PoolHistory history;
    private final InstantSource time;

    PoolLedger(
            RegisteredPools pools,
            Watches watches,
            InventoryWriter inventory,
            SecretBox secrets,
            PoolHistory history,
            InstantSource time) {
        this.pools = pools;
        this.watches = watches;
        this.inventory = inventory;
        this.secrets = secrets;
        this.history = history;
        this.time = time;
    }

    @Transactional(readOnly = true)
    boolean isRegistered(PoolUuid pool) {
        return pools.of(pool).isPresent();
    }

    @Transactional
    void enter(Caller caller, Endpoint address, Reached reached, Map<String, String> labels) {
        PoolUuid uuid = reached.snapshot().uuid();
        var pool = new RegisteredPool(uuid, labels, time.instant(), caller.name());
        pool.reachBy(address, reached.access(), secrets);
        pools.saveAndFlush(pool);
        inventory.write(uuid, watches.begin(uuid), reached.snapshot(), null);
        history.note(caller, "pool.registered", uuid, Map.of("address", pool.address()));
    }
}
