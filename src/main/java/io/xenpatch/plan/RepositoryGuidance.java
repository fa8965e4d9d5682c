package io.xenpatch.plan;

import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What applying a repository's updates to a host leaves to do there, as the server foretells it.
 *
 * @param levels as the server has reduced it: live patches that will be loaded are taken into account already
 * @param rebootsWithoutLivePatches whether an update whose live patches will be loaded asks for a reboot by itself (R4)
 * @param applies whether there is anything to apply; false where only earlier updates' tasks are carried out
 */
public record RepositoryGuidance(
        Map<GuidanceLevel, Set<Guidance>> levels, boolean rebootsWithoutLivePatches, boolean applies) {

    /** Of a host that has everything, or that nothing is applied to. */
    public static final RepositoryGuidance NOTHING = new RepositoryGuidance(Map.of(), false, false);

    public RepositoryGuidance {
        levels = Map.copyOf(levels);
    }

    /** @param missing the updates that the host lacks */
    public static RepositoryGuidance of(HostUpdates host, List<AvailableUpdate> missing) {
        if (host.isEmpty()) {
            return NOTHING;
        }
        boolean reboots = host.livePatchStatus() == LivePatchStatus.COMPLETE
                && missing.stream().anyMatch(update -> !update.livePatches().isEmpty() && update.wantsReboot());
        return new RepositoryGuidance(host.guidance(), reboots, true);
    }

    Set<Guidance> at(GuidanceLevel level) {
        return levels.getOrDefault(level, Set.of());
    }
}
