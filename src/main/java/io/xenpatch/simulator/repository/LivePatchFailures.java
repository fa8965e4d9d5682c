package io.xenpatch.simulator.repository;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the recommended list of a host changes after live patches were loaded or not (xapi.md §7.9).
 *
 * @param removed what is no longer pending
 * @param added what is pending now
 */
public record LivePatchFailures(Set<Guidance> removed, Set<Guidance> added) {

    /**
     * What changes. A component that was not attempted stays as it is.
     *
     * @param pending the recommended list of the host
     * @param applied components whose live patch was loaded
     * @param failed components whose live patch could not be loaded
     */
    public static LivePatchFailures of(
            Collection<Guidance> pending,
            Collection<LivePatchComponent> applied,
            Collection<LivePatchComponent> failed) {
        var removed = onFailure(applied);
        removed.retainAll(pending);
        var added = onFailure(failed);
        added.removeAll(pending);
        return new LivePatchFailures(Collections.unmodifiableSet(removed), Collections.unmodifiableSet(added));
    }

    private static Set<Guidance> onFailure(Collection<LivePatchComponent> components) {
        var all = EnumSet.noneOf(Guidance.class);
        components.forEach(component -> all.add(component.onFailure()));
        return all;
    }
}
