package io.xenpatch.pool;

import io.xenpatch.xen.Channel;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory keeps of a pool. {@code product} and {@code version} are the coordinator's; null where it does not say.
 *
 * @param repositories null on other channels than {@code REPOSITORY}
 */
record PoolFacts(
        UUID coordinatorUuid,
        @Nullable String product,
        @Nullable String version,
        Channel channel,
        boolean livePatchingEnabled,
        boolean livePatchingLicensed,
        boolean haEnabled,
        boolean wlbEnabled,
        int hostCount,
        @Nullable RepositoryFacts repositories) {}
