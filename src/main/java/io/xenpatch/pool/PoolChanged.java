package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;

/** Published as a Spring event in the transaction in which the watcher wrote what changed in a pool. */
public record PoolChanged(PoolUuid pool) {}
