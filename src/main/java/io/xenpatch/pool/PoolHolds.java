package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import java.util.Optional;
import java.util.UUID;

/** Who holds a pool, so that it must not be forgotten now. The room that runs update jobs implements it. */
public interface PoolHolds {

    /** The job that holds this pool now, from its prechecks to the pool's terminal state. Called in a transaction. */
    Optional<Hold> holder(PoolUuid pool);

    /** @param name as people know the job */
    record Hold(UUID jobId, String name) {}
}
