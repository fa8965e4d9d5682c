package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The registered pools. */
interface RegisteredPools extends Repository<RegisteredPool, PoolKey> {

    RegisteredPool saveAndFlush(RegisteredPool pool);

    void flush();

    void delete(RegisteredPool pool);

    Optional<RegisteredPool> findById(PoolKey id);

    default Optional<RegisteredPool> of(PoolUuid pool) {
        return findById(PoolKey.of(pool));
    }
}
