package io.xenpatch.assessment;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the assessment of one pool has come, between two slices.
 *
 * @param snapshot null before the first slice
 * @param questions null before the first slice
 */
record PoolSlice(
        UUID assessment,
        PoolUuid pool,
        String name,
        Set<HostUuid> hosts,
        UpdateRequest request,
        @Nullable Instant observedAt,
        @Nullable PoolSnapshot snapshot,
        @Nullable Questions questions) {}
