package io.xenpatch.simulator.repository;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which live patches a host gets (xapi.md §7.7).
 *
 * @param livePatches what is loaded, at most one for each component
 * @param origins ids of the updates of all that these take the place of
 */
record LivePatchSelection(List<RepositoryLivePatch> livePatches, Set<String> origins) {
    static final LivePatchSelection NONE = new LivePatchSelection(List.of(), Set.of());

    private static final Comparator<Origin> NEWEST_FIRST =
            Comparator.comparing((Origin origin) -> origin.livePatch().to()).reversed();

    /** What a host gets whose components run like this. */
    static LivePatchSelection of(UpdatesInfo info, Collection<RunningLivePatch> running) {
        var newer = running.stream().map(each -> newerThan(each, info)).toList();
        return new LivePatchSelection(
                newer.stream()
                        .flatMap(each -> each.stream().limit(1))
                        .map(Origin::livePatch)
                        .toList(),
                newer.stream().flatMap(List::stream).map(Origin::updateId).collect(toUnmodifiableSet()));
    }

    /**
     * All live patches that can be loaded into a component and are newer than what is loaded, the newest first. None if the newest of
     * all has none for the running build: that build is too old.
     */
    static List<Origin> newerThan(RunningLivePatch running, UpdatesInfo info) {
        var all = ofComponent(running.component(), info);
        var supported = all.stream()
                .takeWhile(origin -> NEWEST_FIRST.compare(origin, all.get(0)) == 0)
                .anyMatch(origin -> origin.fits(running));
        return supported
                ? all.stream()
                        .filter(origin -> origin.fits(running) && origin.isNewerThan(running))
                        .toList()
                : List.of();
    }

    private static List<Origin> ofComponent(LivePatchComponent component, UpdatesInfo info) {
        return info.updates().stream()
                .flatMap(update -> update.livePatches().stream().map(each -> new Origin(each, update.id())))
                .filter(origin -> origin.livePatch().component() == component)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** A live patch and the update that brings it. */
    record Origin(RepositoryLivePatch livePatch, String updateId) {

        private boolean fits(RunningLivePatch running) {
            return livePatch.baseBuildId().equals(running.baseBuildId());
        }

        private boolean isNewerThan(RunningLivePatch running) {
            var loaded = running.to();
            return loaded == null || livePatch.to().isNewerThan(loaded);
        }
    }
}
