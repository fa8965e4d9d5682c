package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.pool.HostFilter;
import io.xenpatch.pool.InventoryReading;
import io.xenpatch.pool.UpdateStatus;
import io.xenpatch.pool.UpdateView;
import io.xenpatch.problem.CanFailWith;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.UpdateTask;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hosts, VMs and updates as they were last seen. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Inventory")
class InventoryController {
    private final InventoryReading inventory;

    InventoryController(InventoryReading inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/hosts")
    @Operation(operationId = "listHosts", summary = "List hosts", description = "Of all pools, by name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.POOL_NOT_FOUND)
    Page<HostResponse> hosts(
            Caller caller,
            @Parameter(description = "Only hosts of this pool") @RequestParam(required = false) @Nullable UUID poolUuid,
            @Parameter(description = "Only hosts that still need this") @RequestParam(required = false) @Nullable
                    UpdateTask pendingTask,
            @Parameter(description = "Only hosts with this status") @RequestParam(required = false) @Nullable
                    UpdateStatus updateStatus,
            @Parameter(
                            description =
                                    "`key=value`, for example `env=prod`: only hosts of pools with this label; may be repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            PageRequest page) {
        var pool = poolUuid == null ? null : new PoolUuid(poolUuid);
        return inventory
                .hosts(caller, new HostFilter(pool, pendingTask, updateStatus, Labels.filter(label)), page)
                .map(HostResponse::from);
    }

    @GetMapping("/hosts/{hostUuid}")
    @Operation(operationId = "getHost", summary = "Read a host", description = "As it was last seen.")
    @ApiResponse(responseCode = "200", description = "The host")
    @CanFailWith(ProblemType.HOST_NOT_FOUND)
    HostResponse host(Caller caller, @HostUuidParameter @PathVariable UUID hostUuid) {
        return HostResponse.from(inventory.host(caller, new HostUuid(hostUuid)));
    }

    @GetMapping("/pools/{poolUuid}/hosts")
    @Operation(operationId = "listHostsOfPool", summary = "List the hosts of a pool", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.POOL_NOT_FOUND)
    Page<HostResponse> hostsOf(
            Caller caller,
            @PoolUuidParameter @PathVariable UUID poolUuid,
            @Parameter(description = "Only hosts that still need this") @RequestParam(required = false) @Nullable
                    UpdateTask pendingTask,
            @Parameter(description = "Only hosts with this status") @RequestParam(required = false) @Nullable
                    UpdateStatus updateStatus,
            @Parameter(description = "key=value: nothing unless the pool has this label; may be repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            PageRequest page) {
        return hosts(caller, poolUuid, pendingTask, updateStatus, label, page);
    }

    @GetMapping("/hosts/{hostUuid}/vms")
    @Operation(operationId = "listVmsOnHost", summary = "List the VMs that run on a host", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.HOST_NOT_FOUND)
    Page<VmResponse> vms(Caller caller, @HostUuidParameter @PathVariable UUID hostUuid, PageRequest page) {
        return inventory.vmsOn(caller, new HostUuid(hostUuid), page).map(VmResponse::from);
    }

    @GetMapping("/pools/{poolUuid}/updates")
    @Operation(
            operationId = "listUpdatesOfPool",
            summary = "List the updates of a pool",
            description = "What it knows, and which hosts have it and which lack it; by name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @CanFailWith(ProblemType.POOL_NOT_FOUND)
    Page<UpdateView> updates(Caller caller, @PoolUuidParameter @PathVariable UUID poolUuid, PageRequest page) {
        return inventory.updatesOf(caller, new PoolUuid(poolUuid), page).map(UpdateView::from);
    }
}
