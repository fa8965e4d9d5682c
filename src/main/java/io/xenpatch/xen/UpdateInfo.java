package io.xenpatch.xen;

import java.util.Set;

/**
 * A {@code pool_update} as the pool knows it.
 *
 * @param guidance {@code after_apply_guidance}
 * @param installationSize bytes
 * @param appliedOn the hosts that have it
 * @param uploaded whether its image is still in the pool, so that it can be applied
 */
public record UpdateInfo(
        UpdateUuid uuid,
        String name,
        String description,
        String version,
        Set<Guidance> guidance,
        long installationSize,
        Set<HostUuid> appliedOn,
        boolean uploaded) {

    public UpdateInfo {
        guidance = Set.copyOf(guidance);
        appliedOn = Set.copyOf(appliedOn);
    }
}
