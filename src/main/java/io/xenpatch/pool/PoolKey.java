package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.UUID;

/** The key of a pool's rows. */
@Embeddable
record PoolKey(String world, UUID uuid) implements Serializable {

    static PoolKey of(PoolUuid pool) {
        return new PoolKey(World.REAL, pool.value());
    }
}
