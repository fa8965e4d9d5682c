package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import java.util.Optional;

/** Who holds a pool, so that it must not be forgotten now. Rooms that work on pools implement it. */
public interface PoolHolds {

    /**
     * Who holds this pool now: an update job from its prechecks to the pool's terminal state, an upload until it has ended. Called
     * in a transaction.
     */
    Optional<Hold> holder(PoolUuid pool);

    /**
     * Somebody who holds a pool.
     *
     * @param who as the beginning of a sentence: "Update job nightly"
     * @param cure a whole sentence: what a person can do about it
     * @param properties identifiers for programs, such as {@code jobId}
     */
    record Hold(String who, String cure, Map<String, Object> properties) {}
}
