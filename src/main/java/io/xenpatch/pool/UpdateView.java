package io.xenpatch.pool;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.xen.Guidance;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An update that a pool knows, and which hosts have it.
 *
 * @param uuid XAPI uuid of the update
 * @param name name, usually the hotfix number
 * @param description what the update is for, in its publisher's words
 * @param version version of the update
 * @param guidance what the update asks for, as published
 * @param size bytes that it needs on a host
 * @param livePatch whether it can be live patched. The server tells that per host and only when asked: null here, an
 *     assessment says it.
 * @param appliedOn uuids of the hosts that have it
 * @param missingOn uuids of the hosts of the pool that lack it
 * @param uploaded whether the pool still has its image, so that it can be applied
 */
@Schema(name = "Update")
public record UpdateView(
        UUID uuid,

        String name,

        String description,

        String version,

        List<Guidance> guidance,

        long size,

        @Nullable Boolean livePatch,

        List<UUID> appliedOn,

        List<UUID> missingOn,

        boolean uploaded) {

    /** As the inventory has it. */
    public static UpdateView from(InventoryItem<UpdateFacts> item) {
        var update = item.facts();
        return new UpdateView(
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
