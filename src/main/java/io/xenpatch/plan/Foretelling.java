package io.xenpatch.plan;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a feed foretells of updates that no server was asked about (R11, xencenter.md §6.3). The decision itself is {@link Decider}'s,
 * as everywhere.
 */
public final class Foretelling {

    private Foretelling() {}

    /** Of a host that gets everything that it lacks of what was published for its version. */
    public static HostDecision decide(
            PublishedUpdates feed, PoolSnapshot pool, HostSnapshot host, UpdatePolicy policy) {
        List<PublishedUpdate> missing = missing(feed, pool, host);
        Set<Guidance> guidance =
                missing.stream().flatMap(update -> update.guidance().stream()).collect(Collectors.toUnmodifiableSet());
        return Decider.decide(new DecisionInputs(
                host.uuid(),
                guidance,
                livePatch(missing),
                PoolPlanner.livePatching(pool),
                PoolPlanner.pendingOn(pool, host),
                PoolPlanner.guests(pool, host),
                policy.deciding()));
    }

    /** What a host lacks of everything, not only of the minimal list (CA-292626). */
    public static List<PublishedUpdate> missing(PublishedUpdates feed, PoolSnapshot pool, HostSnapshot host) {
        return MinimalUpdates.everything(feed, pool).stream()
                .filter(update -> pool.lacks(host, update.uuid()))
                .toList();
    }

    /**
     * Whether live patches spare the reboots of these updates. Complete only if each that wants a reboot contains one; whether it
     * fits the running build only the server knows.
     */
    public static LivePatchStatus livePatch(Collection<PublishedUpdate> updates) {
        List<PublishedUpdate> rebooting =
                updates.stream().filter(PublishedUpdate::wantsReboot).toList();
        if (rebooting.stream().noneMatch(PublishedUpdate::containsLivePatch)) {
            return LivePatchStatus.NONE;
        }
        return rebooting.stream().allMatch(PublishedUpdate::containsLivePatch)
                ? LivePatchStatus.COMPLETE
                : LivePatchStatus.INCOMPLETE;
    }
}
