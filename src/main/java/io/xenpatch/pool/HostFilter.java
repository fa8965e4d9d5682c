package io.xenpatch.pool;

import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are wanted; null and empty = all.
 *
 * @param labels that the pool of the host must all carry
 */
public record HostFilter(
        @Nullable PoolUuid pool,
        @Nullable UpdateTask pendingTask,
        @Nullable UpdateStatus updateStatus,
        Map<String, String> labels) {

    public HostFilter {
        labels = Map.copyOf(labels);
    }

    public static HostFilter ofPool(PoolUuid pool) {
        return new HostFilter(pool, null, null, Map.of());
    }
}
