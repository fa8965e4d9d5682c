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

/**
 * A VM, as it was last seen.
 *
 * @param uuid XAPI uuid of the VM
 * @param poolUuid its pool
 * @param hostUuid the host it runs on
 * @param name name of the VM
 * @param powerState whether it runs
 * @param kind how it is virtualised
 * @param memory bytes of memory that it needs on a host
 * @param startedAt when it started; null when unknown
 * @param currentOperations XAPI's words for what happens to it now
 * @param lastUpdatedAt when what is shown here last changed
 */
@Schema(name = "Vm")
record VmResponse(
        UUID uuid,

        UUID poolUuid,

        @Nullable UUID hostUuid,

        String name,

        PowerState powerState,

        GuestKind kind,

        long memory,

        @Nullable Instant startedAt,

        List<String> currentOperations,

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
