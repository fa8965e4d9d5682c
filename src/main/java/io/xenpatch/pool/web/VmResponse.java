package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.InventoryItem;
import io.xenpatch.pool.VmFacts;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.PowerState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A VM. */
@Schema(name = "Vm", description = "A VM, as it was last seen")
record VmResponse(
        @Schema(description = "XAPI uuid of the VM", example = "c4a7d2f1-93b8-4e0d-8b51-6f7a8e9d0c1b")
        UUID uuid,

        @Schema(description = "Its pool", example = "0f9a6c1e-2f0b-4d5a-9a55-3a4b1c2d3e4f")
        UUID poolUuid,

        @Schema(description = "The host it runs on", example = "7b1d3e6f-5a2c-4f0e-8a7b-9c0d1e2f3a4b") @Nullable
        UUID hostUuid,

        @Schema(description = "Name", example = "web-1") String name,

        @Schema(description = "Power state", example = "RUNNING")
        PowerState powerState,

        @Schema(description = "How it is virtualised", example = "HVM")
        GuestKind kind,

        @Schema(description = "Bytes of memory that it needs on a host", example = "4294967296")
        long memory,

        @Schema(description = "When it started; null when unknown", example = "2026-11-20T10:00:00Z") @Nullable
        Instant startedAt,

        @Schema(description = "XAPI's words for what happens to it now", example = "[\"pool_migrate\"]")
        List<String> currentOperations,

        @Schema(description = "When what is shown here last changed", example = "2026-11-25T07:30:00Z")
        Instant lastUpdatedAt) {

    static VmResponse from(InventoryItem<VmFacts> item) {
        var vm = item.facts();
        return new VmResponse(
                item.uuid(),
                item.poolUuid(),
                vm.hostUuid(),
                vm.name(),
                vm.powerState(),
                vm.kind(),
                vm.memory(),
                vm.startedAt(),
                vm.currentOperations(),
                item.changedAt());
    }
}
