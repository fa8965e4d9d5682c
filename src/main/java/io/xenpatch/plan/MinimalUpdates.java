package io.xenpatch.plan;

import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PublishedUpdate;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fewest updates that bring a pool up to date, as the publisher lists them for the version that all its hosts have (xencenter.md
 * §10).
 *
 * @param updates in the publisher's order; empty unless the basis is {@link Basis#LISTED}
 */
public record MinimalUpdates(Basis basis, List<UpdateUuid> updates) {

    public MinimalUpdates {
        updates = List.copyOf(updates);
    }

    /** Whether there is a list, and why not. */
    public enum Basis {
        LISTED,
        /** The feed knows the version of no host, or not of all. */
        VERSION_UNKNOWN,
        VERSIONS_DIFFER,
        /** The feed has no minimal list for this version: it does not say what is missing. */
        NOT_LISTED
    }

    /** Of a pool. */
    public static MinimalUpdates of(PublishedUpdates feed, PoolSnapshot pool) {
        List<Optional<PublishedVersion>> versions =
                pool.hosts().stream().map(feed::versionOf).distinct().toList();
        if (versions.stream().anyMatch(Optional::isEmpty)) {
            return new MinimalUpdates(Basis.VERSION_UNKNOWN, List.of());
        }
        if (versions.size() != 1) {
            return new MinimalUpdates(Basis.VERSIONS_DIFFER, List.of());
        }
        List<UpdateUuid> minimal = versions.get(0).orElseThrow().minimal();
        return minimal == null
                ? new MinimalUpdates(Basis.NOT_LISTED, List.of())
                : new MinimalUpdates(Basis.LISTED, withFollowing(feed, minimal));
    }

    /** A chosen update, and where it makes a new version all that the new version needs. */
    public static List<UpdateUuid> from(PublishedUpdates feed, UpdateUuid chosen) {
        return withFollowing(feed, List.of(chosen));
    }

    /** Where the last of them makes a new version, for example a cumulative update, its list is the continuation. */
    private static List<UpdateUuid> withFollowing(PublishedUpdates feed, List<UpdateUuid> minimal) {
        Set<UpdateUuid> all = new LinkedHashSet<>(minimal);
        if (!minimal.isEmpty()) {
            feed.madeBy(minimal.get(minimal.size() - 1))
                    .map(PublishedVersion::minimal)
                    .ifPresent(all::addAll);
        }
        return List.copyOf(all);
    }

    /**
     * Everything that was published for the version of a pool and that its minimal list may contain under another name: the updates
     * of the version without those that make another version, the cumulative updates of the minimal list, and all of theirs. A
     * roll-up may replace updates that no live patch covers, so a reboot is foretold from all of them (CA-292626).
     */
    public static List<PublishedUpdate> everything(PublishedUpdates feed, PoolSnapshot pool) {
        Set<UpdateUuid> all = new LinkedHashSet<>();
        pool.hosts().stream()
                .map(feed::versionOf)
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(version -> version.updates().stream())
                .filter(update -> feed.madeBy(update).isEmpty())
                .forEach(all::add);
        of(feed, pool).updates().forEach(update -> {
            all.add(update);
            all.addAll(publishedFor(feed, update));
        });
        return all.stream().map(feed::update).flatMap(Optional::stream).toList();
    }

    private static List<UpdateUuid> publishedFor(PublishedUpdates feed, UpdateUuid cumulative) {
        return feed.madeBy(cumulative).map(PublishedVersion::updates).orElse(List.of());
    }
}
