package io.xenpatch.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all watches of the process share.
 *
 * @param timer hands watches to the workers after a pause
 * @param workers write what pools tell
 */
record WatchTools(
        InventoryWriter inventory,
        Watches watches,
        PinKeeper pins,
        PoolSettings settings,
        ScheduledExecutorService timer,
        Executor workers) {}
