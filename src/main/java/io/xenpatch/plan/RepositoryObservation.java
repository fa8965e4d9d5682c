package io.xenpatch.plan;

import io.xenpatch.xen.PendingGuidances;
import java.util.List;

/**
 * What a host that received a repository's updates says of itself afterwards (R5, xapi.md §7.9).
 *
 * @param pending the host's lists
 * @param guests the guests that run on it now, with theirs
 * @param livePatchFailed the call's result names a live patch that could not be loaded
 * @param rebootedSinceApply {@code boot_time} is later than the apply
 */
public record RepositoryObservation(
        PendingGuidances pending, List<GuestLeft> guests, boolean livePatchFailed, boolean rebootedSinceApply)
        implements Observation {

    public RepositoryObservation {
        guests = List.copyOf(guests);
    }

    @Override
    public HostDecision decide(HostDecision planned) {
        return Decider.decideAfterApply(planned, this);
    }

    /** A guest and what is left to do for it. */
    public record GuestLeft(Guest guest, PendingGuidances pending) {}
}
