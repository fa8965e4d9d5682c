package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.InventoryItem;
import io.xenpatch.pool.UpdateFacts;
import io.xenpatch.xen.Guidance;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An update that a pool knows. */
@Schema(name = "Update", description = "An update that a pool knows, and which hosts have it")
record UpdateResponse(
        @Schema(description = "XAPI uuid of the update", example = "5f2c1b0e-41f5-44a2-a2c6-6ff0d2e7f6a1")
        UUID uuid,

        @Schema(description = "Name", example = "XS82ECU1001")
        String name,

        @Schema(description = "Description", example = "Security update for the hypervisor")
        String description,

        @Schema(description = "Version", example = "1.0") String version,

        @Schema(description = "What the update asks for, as published", example = "[\"REBOOT_HOST\"]")
        List<Guidance> guidance,

        @Schema(description = "Bytes that it needs on a host", example = "52428800")
        long size,

        @Schema(
                description = "Whether it can be live patched. The server tells that per host and only when asked: null"
                        + " here, an assessment says it.")
        @Nullable
        Boolean livePatch,

        @Schema(description = "Uuids of the hosts that have it")
        List<UUID> appliedOn,

        @Schema(description = "Uuids of the hosts of the pool that lack it")
        List<UUID> missingOn,

        @Schema(description = "Whether the pool still has its image, so that it can be applied", example = "true")
        boolean uploaded) {

    static UpdateResponse from(InventoryItem<UpdateFacts> item) {
        var update = item.facts();
        return new UpdateResponse(
                item.uuid(),
                update.name(),
                update.description(),
                update.version(),
                update.guidance(),
                update.size(),
                null,
                update.appliedOn(),
                update.missingOn(),
                update.uploaded());
    }
}
