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
@Tag(name = "Inventory", description = "Hosts, VMs and updates as they were last seen; reading never touches a pool")
class InventoryController {
    private final InventoryReading inventory;

    InventoryController(InventoryReading inventory) {
        this.inventory = inventory;
    }

    @GetMapping("/hosts")
    @Operation(summary = "List hosts", description = "Of all pools, by name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @ApiResponse(responseCode = "404", description = "pool-not-found: poolUuid names none")
    Page<HostResponse> hosts(
            Caller caller,
            @Parameter(description = "Only hosts of this pool") @RequestParam(required = false) @Nullable UUID poolUuid,
            @Parameter(description = "Only hosts that still need this", example = "REBOOT_HOST")
                    @RequestParam(required = false)
                    @Nullable
                    UpdateTask pendingTask,
            @Parameter(description = "Only hosts with this status", example = "UPDATES_AVAILABLE")
                    @RequestParam(required = false)
                    @Nullable
                    UpdateStatus updateStatus,
            @Parameter(
                            description = "key=value: only hosts of pools with this label; may be repeated",
                            example = "env=prod")
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
    @Operation(summary = "Read a host", description = "As it was last seen.")
    @ApiResponse(responseCode = "200", description = "The host")
    @ApiResponse(responseCode = "404", description = "host-not-found")
    HostResponse host(Caller caller, @PathVariable UUID hostUuid) {
        return HostResponse.from(inventory.host(caller, new HostUuid(hostUuid)));
    }

    @GetMapping("/pools/{poolUuid}/hosts")
    @Operation(summary = "List the hosts of a pool", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @ApiResponse(responseCode = "404", description = "pool-not-found")
    Page<HostResponse> hostsOf(
            Caller caller,
            @PathVariable UUID poolUuid,
            @Parameter(description = "Only hosts that still need this", example = "REBOOT_HOST")
                    @RequestParam(required = false)
                    @Nullable
                    UpdateTask pendingTask,
            @Parameter(description = "Only hosts with this status", example = "UPDATES_AVAILABLE")
                    @RequestParam(required = false)
                    @Nullable
                    UpdateStatus updateStatus,
            @Parameter(description = "key=value: nothing unless the pool has this label; may be repeated")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> label,
            PageRequest page) {
        return hosts(caller, poolUuid, pendingTask, updateStatus, label, page);
    }

    @GetMapping("/hosts/{hostUuid}/vms")
    @Operation(summary = "List the VMs that run on a host", description = "By name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @ApiResponse(responseCode = "404", description = "host-not-found")
    Page<VmResponse> vms(Caller caller, @PathVariable UUID hostUuid, PageRequest page) {
        return inventory.vmsOn(caller, new HostUuid(hostUuid), page).map(VmResponse::from);
    }

    @GetMapping("/pools/{poolUuid}/updates")
    @Operation(
            summary = "List the updates of a pool",
            description = "What it knows, and which hosts have it and which lack it; by name.")
    @ApiResponse(responseCode = "200", description = "One page")
    @ApiResponse(responseCode = "404", description = "pool-not-found")
    Page<UpdateResponse> updates(Caller caller, @PathVariable UUID poolUuid, PageRequest page) {
        return inventory.updatesOf(caller, new PoolUuid(poolUuid), page).map(UpdateResponse::from);
    }
}
