package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xapi.XapiConnections;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolUuid;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
        return Objects.requireNonNull(open.compute(pool, (uuid, present) -> renewed(uuid, present)))
                .pool();
    }

    /**
     * Closes the connection of a pool that is forgotten or reached in another way now. One that was opened since then stays: whoever
     * was quicker, the pool's watch for example, uses it already.
     */
    void closeOutdated(PoolUuid pool) {
        var outdated = new ArrayList<Open>();
        open.computeIfPresent(pool, (uuid, present) -> {
            if (currentVersion(uuid)
                    .filter(current -> current == present.version())
                    .isPresent()) {
                return present;
            }
            outdated.add(present);
            return null;
        });
        outdated.forEach(each -> each.pool().close());
    }

    private Open renewed(PoolUuid uuid, @Nullable Open present) {
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
        return currentVersion(pool).orElseThrow(() -> {
            closeOutdated(pool);
            return notFound(pool);
        });
    }

    private Optional<Long> currentVersion(PoolUuid pool) {
        return jdbc.sql("select access_version from pool where world = :world and uuid = :pool")
                .param("world", World.REAL)
                .param("pool", pool.value())
                .query(Long.class)
                .optional();
    }

    static ProblemException notFound(PoolUuid pool) {
        return new ProblemException(ProblemType.POOL_NOT_FOUND, "No pool " + pool + " is registered.");
    }

    @PreDestroy
    void closeAll() {
        var leaving = open.values().stream().map(each -> each.pool().leave()).toArray(CompletableFuture[]::new);
        open.clear();
        // the process is about to end: what is not sent now never is
        CompletableFuture.allOf(leaving).join();
    }

    private record Open(long version, XapiPool pool) {}
}
