package io.xenpatch.job;

/**
 * How a job goes over its pools.
 *
 * @param maxParallelPools pools worked on at the same time, at least 1
 * @param maxFailures failed pools after which no new pool starts, at least 1 (R30)
 */
record Rollout(int maxParallelPools, int maxFailures) {

    static final Rollout DEFAULT = new Rollout(4, 1);
}
