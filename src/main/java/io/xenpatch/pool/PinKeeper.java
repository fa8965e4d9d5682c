package io.xenpatch.pool;

import io.xenpatch.caller.Caller;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what a trusted connection has learnt: where the coordinator is now, and the certificates of all hosts (R38). */
@Component
class PinKeeper {
    private final RegisteredPools pools;
    private final PoolHistory history;

    PinKeeper(RegisteredPools pools, PoolHistory history) {
        this.pools = pools;
        this.history = history;
    }

    /** Whether the pool is to be asked for its certificates: not while a person has confirmed others than it tells. */
    @Transactional(readOnly = true)
    boolean believes(PoolUuid pool) {
        return pools.of(pool).filter(RegisteredPool::believesAnnouncements).isPresent();
    }

    @Transactional
    void keep(PoolUuid uuid, PoolAccess access) {
        var pool = pools.of(uuid).filter(found -> !found.knows(access)).orElse(null);
        if (pool == null) {
            return;
        }
        var before = pool.pins();
        var endpoint = pool.endpoint();
        pool.learn(access);
        pools.flush();
        history.note(
                Caller.system(),
                "pool.access-learnt",
                uuid,
                Map.of(
                        "formerEndpoint", endpoint.toString(),
                        "endpoint", access.endpoint().toString(),
                        "pins", Pins.changes(before, pool.pins())));
    }
}
