package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.HostFacts;
import io.xenpatch.pool.InventoryItem;
import io.xenpatch.pool.PendingTask;
import io.xenpatch.pool.UpdateStatus;
import io.xenpatch.xen.PoolRole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host, as it was last seen. Reading it never touches the host itself.
 *
 * @param uuid XAPI uuid of the host
 * @param poolUuid the pool it belongs to
 * @param name name of the host
 * @param address management address
 * @param role its part in the pool
 * @param live whether the pool hears of it; may be stale for ten minutes after a crash
 * @param enabled whether VMs may start on it
 * @param inMaintenance whether it is out of service: disabled, or marked as in maintenance
 * @param product product brand; null when unknown
 * @param version product version; null when unknown
 * @param build build number; null when unknown
 * @param appliedUpdates XAPI uuids of the updates that it has
 * @param updateStatus how far it is
 * @param pendingTasks what it still needs so that earlier updates take effect
 * @param livePatchingLicensed whether its licence allows live patching
 * @param runningVms number of VMs that run there
 * @param memoryTotal bytes of memory; 0 when unknown
 * @param memoryFree free bytes of memory; 0 when unknown
 * @param bootedAt when it booted; null when unknown
 * @param toolstackStartedAt when its toolstack started; null when unknown
 * @param currentOperations XAPI's words for what happens to it now
 * @param lastUpdatedAt when what is shown here last changed
 */
@Schema(name = "Host")
record HostResponse(
        UUID uuid,

        UUID poolUuid,

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

        List<String> currentOperations,

        Instant lastUpdatedAt) {

    static HostResponse from(InventoryItem<HostFacts> item) {
        var host = item.facts();
        return new HostResponse(
                item.uuid(),
                item.poolUuid(),
                host.name(),
                host.address(),
                host.role(),
                host.live(),
                host.enabled(),
                host.inMaintenance(),
                host.product(),
                host.version(),
                host.build(),
                host.appliedUpdates(),
                host.updateStatus(),
                host.pendingTasks(),
                host.livePatchingLicensed(),
                host.runningVms(),
                host.memoryTotal(),
                host.memoryFree(),
                host.bootedAt(),
                host.toolstackStartedAt(),
                host.currentOperations(),
                item.changedAt());
    }
}
