package io.xenpatch.pool;

import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xen.PoolSnapshot;

/** A pool that was just read over a connection of its own, and how to reach it again. */
record Reached(PoolSnapshot snapshot, PoolAccess access) {}
