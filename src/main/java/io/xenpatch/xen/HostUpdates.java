package io.xenpatch.xen;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the synchronised repository has for one host: its entry in {@code GET /updates} (xapi.md §7.3).
 *
 * @param guidance what applying it leaves to do, as the server has reduced it; unknown words are {@link Guidance#UNKNOWN}
 * @param packages as {@code name-[epoch:]version-release.arch}
 * @param updates ids of {@link AvailableUpdate}s
 * @param livePatches those that the server will load
 */
public record HostUpdates(
        Map<GuidanceLevel, Set<Guidance>> guidance,
        List<String> packages,
        Set<String> updates,
        List<LivePatch> livePatches) {

    /** Of a host that has everything. */
    public static final HostUpdates NONE = new HostUpdates(Map.of(), List.of(), Set.of(), List.of());

    public HostUpdates {
        guidance = Map.copyOf(guidance);
        packages = List.copyOf(packages);
        updates = Set.copyOf(updates);
        livePatches = List.copyOf(livePatches);
    }

    /** Nothing to install and nothing to load: {@code host.apply_updates} would succeed and do nothing. */
    public boolean isEmpty() {
        return packages.isEmpty() && livePatches.isEmpty();
    }

    public Set<Guidance> at(GuidanceLevel level) {
        return guidance.getOrDefault(level, Set.of());
    }

    /** R2: a reboot that is only asked for to be complete ({@code FULL}) never makes a live patch incomplete. */
    public LivePatchStatus livePatchStatus() {
        if (livePatches.isEmpty()) {
            return LivePatchStatus.NONE;
        }
        boolean reboots = at(GuidanceLevel.MANDATORY).contains(Guidance.REBOOT_HOST)
                || at(GuidanceLevel.RECOMMENDED).contains(Guidance.REBOOT_HOST);
        return reboots ? LivePatchStatus.INCOMPLETE : LivePatchStatus.COMPLETE;
    }
}
