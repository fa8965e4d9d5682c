package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolUuid;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One connection a pool and process, opened anew when the pool is reached in another way. */
@Component
class PoolConnections {
    private final RegisteredPools pools;
    private final XapiConnections xapi;
    private final SecretBox secrets;
    private final JdbcClient jdbc;
    private final Map<PoolUuid, Open> open = new ConcurrentHashMap<>();

    PoolConnections(RegisteredPools pools, XapiConnections xapi, SecretBox secrets, JdbcClient jdbc) {
        this.pools = pools;
        this.xapi = xapi;
        this.secrets = secrets;
        this.jdbc = jdbc;
    }

    /**
     * @throws ProblemException {@code pool-not-found}
     * @throws EncryptionKeyUnusable when the credentials can't be opened
     */
    XapiPool of(PoolUuid pool) {
        long version = accessVersion(pool);
        var found = open.get(pool);
        if (found != null && found.version() == version) {
            return found.pool();
        }
        return java.util.Objects.requireNonNull(open.compute(pool, (uuid, present) -> renewed(uuid, present)))
                .pool();
    }

    /** Forgets the connection of a pool, if there is one. */
    void close(PoolUuid pool) {
        var last = open.remove(pool);
        if (last != null) {
            last.pool().close();
        }
    }

    private Open renewed(PoolUuid uuid, @org.jspecify.annotations.Nullable Open present) {
        var registered = pools.of(uuid).orElseThrow(() -> notFound(uuid));
        if (present != null && present.version() == registered.accessVersion()) {
            return present;
        }
        var next = new Open(registered.accessVersion(), xapi.open(registered.access(secrets)));
        if (present != null) {
            present.pool().close();
        }
        return next;
    }

    private long accessVersion(PoolUuid pool) {
        return jdbc.sql("select access_version from pool where world = :world and uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> {
                    close(pool);
                    return notFound(pool);
                });
    }

    static ProblemException notFound(PoolUuid pool) {
        return new ProblemException(ProblemType.POOL_NOT_FOUND, "No pool " + pool + " is registered.");
    }

    @PreDestroy
    void closeAll() {
        open.keySet().forEach(this::close);
    }

    private record Open(long version, XapiPool pool) {}
}
