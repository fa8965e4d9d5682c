package io.xenpatch.job;

import io.xenpatch.xen.PoolUuid;

/**
 * The right to work on a pool for one slice. The lease is for liveness, the epoch for correctness: every write names it.
 *
 * @param owner the instance
 */
record Lease(String world, PoolUuid pool, String owner, long epoch) {}
