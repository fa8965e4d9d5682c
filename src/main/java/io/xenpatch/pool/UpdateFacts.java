package io.xenpatch.pool;

import io.xenpatch.xen.Guidance;
import java.util.List;
import java.util.UUID;

/**
 * What the inventory keeps of an update.
 *
 * @param size bytes that it needs on a host
 * @param uploaded whether the pool still has its image
 */
public record UpdateFacts(
        String name,
        String description,
        String version,
        List<Guidance> guidance,
        long size,
        List<UUID> appliedOn,
        List<UUID> missingOn,
        boolean uploaded) {

    public UpdateFacts {
        guidance = List.copyOf(guidance);
        appliedOn = List.copyOf(appliedOn);
        missingOn = List.copyOf(missingOn);
    }
}
