package io.xenpatch.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the host was when a step's intent was committed: what recovery compares with.
 *
 * @param at when the first intent was committed
 * @param serverTime the pool's clock then, because tasks are dated by it
 */
record Before(
        Instant at,
        boolean enabled,
        @Nullable Instant bootedAt,
        @Nullable Instant toolstackStartedAt,
        @Nullable Instant serverTime) {}
