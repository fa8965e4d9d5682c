package io.xenpatch.simulator.repository;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a host lacks: its entry in the answer of {@code GET /updates} without its reference (xapi.md §7.3).
 *
 * @param guidance mandatory, recommended and full, reduced and cascaded (§7.6); always all three kinds
 * @param rpms {@code name-[epoch:]version-release.arch.rpm}
 * @param updateIds sorted, with those that bring the selected live patches
 * @param livePatches the selected ones, at most one for each component (§7.7)
 */
public record HostUpdates(
        Guidances guidance, List<String> rpms, List<String> updateIds, List<RepositoryLivePatch> livePatches) {

    private static final List<GuidanceKind> KINDS =
            List.of(GuidanceKind.MANDATORY, GuidanceKind.RECOMMENDED, GuidanceKind.FULL);

    /** A host that has everything, or that has just got it. */
    public static final HostUpdates NOTHING = of(UpdatesInfo.EMPTY, HostListing.EMPTY, "");

    public HostUpdates {
        rpms = List.copyOf(rpms);
        updateIds = List.copyOf(updateIds);
        livePatches = List.copyOf(livePatches);
    }

    /**
     * What a host lacks according to what it lists.
     *
     * @param repository uuid of the enabled repository; what the host lists from others brings no update and no guidance
     */
    public static HostUpdates of(UpdatesInfo info, HostListing listing, String repository) {
        var counting = counting(listing, repository);
        var selection = select(info, listing, counting);
        return new HostUpdates(
                guidance(new GuidanceEvaluation(info, counting, selection.origins())),
                listing.latest().stream()
                        .map(update -> update.offered().fileName())
                        .toList(),
                Stream.concat(counting.stream().map(RpmUpdate::updateId), selection.origins().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                selection.livePatches());
    }

    private static List<RpmUpdate> counting(HostListing listing, String repository) {
        return listing.accumulative().stream()
                .filter(update ->
                        update.updateId() != null && update.repository().equals(repository))
                .toList();
    }

    /** A host that must reboot anyway loads no live patch before it does. */
    private static LivePatchSelection select(UpdatesInfo info, HostListing listing, List<RpmUpdate> counting) {
        var reboots = new GuidanceEvaluation(info, counting, Set.of())
                .of(GuidanceKind.MANDATORY)
                .contains(Guidance.REBOOT_HOST);
        return reboots ? LivePatchSelection.NONE : LivePatchSelection.of(info, listing.running());
    }

    private static Guidances guidance(GuidanceEvaluation evaluation) {
        Map<GuidanceKind, Collection<Guidance>> all = new EnumMap<>(GuidanceKind.class);
        KINDS.forEach(kind -> all.put(kind, evaluation.of(kind)));
        return GuidanceReduction.cascade(all);
    }

    /** Whether the host lacks neither a package nor a live patch: {@code latest_synced_updates_applied} is {@code yes}. */
    public boolean upToDate() {
        return rpms.isEmpty() && livePatches.isEmpty();
    }

    /**
     * The list {@code updates} of the answer of {@code GET /updates}: the updates that any of these hosts lacks, sorted by id, each
     * with only those of its live patches that one of them loads, or whose place what it loads takes.
     */
    public static List<UpdateRecord> updatesOf(UpdatesInfo info, Collection<HostUpdates> hosts) {
        var ids = hosts.stream().flatMap(host -> host.updateIds().stream()).collect(toSet());
        var selected =
                hosts.stream().flatMap(host -> host.livePatches().stream()).collect(toSet());
        return info.updates().stream()
                .filter(update -> ids.contains(update.id()))
                .map(update -> update.withOnly(selected))
                .sorted(Comparator.comparing(UpdateRecord::id))
                .toList();
    }
}
