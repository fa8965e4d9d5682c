package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.PoolLabels;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What other rooms may know of registered pools. */
@Component
class KnownPools implements Pools, PoolLabels {
    private final PoolReading pools;
    private final InventoryReading inventory;
    private final PoolConnections connections;

    KnownPools(PoolReading pools, InventoryReading inventory, PoolConnections connections) {
        this.pools = pools;
        this.inventory = inventory;
        this.connections = connections;
    }

    @Override
    public PoolName get(Caller caller, PoolUuid pool) {
        var found = pools.pool(caller, pool);
        return new PoolName(pool, found.name(), found.labels());
    }

    @Override
    public PoolUuid poolOf(Caller caller, HostUuid host) {
        return new PoolUuid(inventory.host(caller, host).poolUuid());
    }

    @Override
    public XapiPool connection(PoolUuid pool) {
        return connections.of(pool);
    }

    @Override
    public Map<String, String> of(UUID poolUuid) {
        return pools.labels(poolUuid);
    }
}
