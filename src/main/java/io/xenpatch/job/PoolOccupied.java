package io.xenpatch.job;

import io.xenpatch.xen.PoolUuid;

/** Another job holds one of the pools; nothing was written. */
final class PoolOccupied extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient PoolUuid pool;
    private final transient JobId holder;

    PoolOccupied(PoolUuid pool, JobId holder) {
        super("Pool " + pool + " is held by job " + holder);
        this.pool = pool;
        this.holder = holder;
    }

    PoolUuid pool() {
        return pool;
    }

    JobId holder() {
        return holder;
    }
}
