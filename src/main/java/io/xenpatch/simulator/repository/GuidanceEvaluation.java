package io.xenpatch.simulator.repository;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the updates of a host ask for (xapi.md §7.6 A and B).
 *
 * @param updates the packages that count: of the enabled repository, and brought by an update
 * @param origins ids of the updates whose live patches the host will load
 */
record GuidanceEvaluation(UpdatesInfo info, Collection<RpmUpdate> updates, Set<String> origins) {

    /** What all of them ask for, of one kind. Where a live patch is loaded, what that asks for is recommended. */
    Set<Guidance> of(GuidanceKind kind) {
        var all = EnumSet.noneOf(Guidance.class);
        updates.forEach(update -> all.addAll(contribution(update, kind)));
        if (kind == GuidanceKind.RECOMMENDED) {
            origins.forEach(id -> info.find(id)
                    .ifPresent(origin -> all.addAll(origin.guidance().of(GuidanceKind.LIVEPATCH))));
        }
        return all;
    }

    /** What one of them asks for, of one kind. */
    List<Guidance> contribution(RpmUpdate update, GuidanceKind kind) {
        var id = update.updateId();
        if (id == null) {
            return List.of();
        }
        return info.find(id)
                .filter(known -> known.isApplicableTo(update))
                .map(known -> known.guidance().of(instead(kind, id)))
                .orElse(List.of());
    }

    private GuidanceKind instead(GuidanceKind kind, String id) {
        return kind == GuidanceKind.RECOMMENDED && origins.contains(id) ? GuidanceKind.LIVEPATCH : kind;
    }
}
