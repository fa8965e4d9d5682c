package io.xenpatch.pool;

import io.xenpatch.xen.PoolRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory keeps of a host.
 *
 * @param inMaintenance disabled, or marked by a person as in maintenance (R27)
 * @param memoryTotal bytes; 0 when unknown
 * @param memoryFree bytes; 0 when unknown
 * @param currentOperations XAPI's words for what happens to it now
 */
public record HostFacts(
        String name,
        String address,
        PoolRole role,
        boolean live,
        boolean enabled,
        boolean inMaintenance,
        @Nullable String product,
        @Nullable String version,
        @Nullable String build,
        List<UUID> appliedUpdates,
        UpdateStatus updateStatus,
        List<PendingTask> pendingTasks,
        boolean livePatchingLicensed,
        int runningVms,
        long memoryTotal,
        long memoryFree,
        @Nullable Instant bootedAt,
        @Nullable Instant toolstackStartedAt,
        List<String> currentOperations) {

    public HostFacts {
        appliedUpdates = List.copyOf(appliedUpdates);
        pendingTasks = List.copyOf(pendingTasks);
        currentOperations = List.copyOf(currentOperations);
    }
}
