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

/** A host. */
@Schema(name = "Host", description = "A host, as it was last seen. Reading it never touches the host itself.")
record HostResponse(
        @Schema(description = "XAPI uuid of the host", example = "7b1d3e6f-5a2c-4f0e-8a7b-9c0d1e2f3a4b")
        UUID uuid,

        @Schema(description = "The pool it belongs to", example = "0f9a6c1e-2f0b-4d5a-9a55-3a4b1c2d3e4f")
        UUID poolUuid,

        @Schema(description = "Name", example = "xen1") String name,

        @Schema(description = "Management address", example = "10.0.0.11")
        String address,

        @Schema(description = "Its part in the pool", example = "COORDINATOR")
        PoolRole role,

        @Schema(
                description = "Whether the pool hears of it; may be stale for ten minutes after a crash",
                example = "true")
        boolean live,

        @Schema(description = "Whether VMs may start on it", example = "true")
        boolean enabled,

        @Schema(description = "Whether it is out of service: disabled, or marked as in maintenance", example = "false")
        boolean inMaintenance,

        @Schema(description = "Product brand; null when unknown", example = "Citrix Hypervisor") @Nullable
        String product,

        @Schema(description = "Product version; null when unknown", example = "8.2.1") @Nullable
        String version,

        @Schema(description = "Build number; null when unknown", example = "release/yangtze/master/58") @Nullable
        String build,

        @Schema(
                description = "Uuids of the updates that it has",
                example = "[\"5f2c1b0e-41f5-44a2-a2c6-6ff0d2e7f6a1\"]")
        List<UUID> appliedUpdates,

        @Schema(description = "How far it is", example = "UPDATES_AVAILABLE")
        UpdateStatus updateStatus,

        @Schema(description = "What it still needs so that earlier updates take effect")
        List<PendingTask> pendingTasks,

        @Schema(description = "Whether its licence allows live patching", example = "true")
        boolean livePatchingLicensed,

        @Schema(description = "Number of VMs that run there", example = "4")
        int runningVms,

        @Schema(description = "Bytes of memory; 0 when unknown", example = "137438953472")
        long memoryTotal,

        @Schema(description = "Free bytes of memory; 0 when unknown", example = "68719476736")
        long memoryFree,

        @Schema(description = "When it booted; null when unknown", example = "2026-11-01T03:00:00Z") @Nullable
        Instant bootedAt,

        @Schema(description = "When its toolstack started; null when unknown", example = "2026-11-01T03:01:00Z")
        @Nullable
        Instant toolstackStartedAt,

        @Schema(description = "XAPI's words for what happens to it now", example = "[\"evacuate\"]")
        List<String> currentOperations,

        @Schema(description = "When what is shown here last changed", example = "2026-11-25T07:30:00Z")
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
