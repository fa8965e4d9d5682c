package io.xenpatch.simulator.repository;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The lists {@code pending_guidances*} of one kind, of a host and of guests (xapi.md §7.9).
 *
 * @param host of the host
 * @param guests by guest, whatever names it
 */
public record PendingGuidances(Set<Guidance> host, Map<String, Set<Guidance>> guests) {
    private static final Set<Guidance> FOR_GUESTS = EnumSet.of(Guidance.RESTART_DEVICE_MODEL, Guidance.RESTART_VM);

    /**
     * These lists with what an update adds. Nothing is reduced. {@code EvacuateHost} is never kept; {@code RestartDeviceModel} and
     * {@code RestartVM} are for all guests that are named here, everything else is for the host.
     */
    public PendingGuidances with(Collection<Guidance> coming) {
        var forGuests = EnumSet.noneOf(Guidance.class);
        var forHost = EnumSet.noneOf(Guidance.class);
        coming.stream()
                .filter(guidance -> guidance.pending() != null)
                .forEach(guidance -> (FOR_GUESTS.contains(guidance) ? forGuests : forHost).add(guidance));
        var after = new LinkedHashMap<String, Set<Guidance>>();
        guests.forEach((guest, pending) -> after.put(guest, union(pending, forGuests)));
        return new PendingGuidances(union(host, forHost), Collections.unmodifiableMap(after));
    }

    private static Set<Guidance> union(Set<Guidance> pending, Set<Guidance> coming) {
        var union = EnumSet.copyOf(coming);
        union.addAll(pending);
        return Collections.unmodifiableSet(union);
    }
}
