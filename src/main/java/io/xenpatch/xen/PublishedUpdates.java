package io.xenpatch.xen;

import java.util.List;
import java.util.Optional;

/**
 * What an update feed says: all updates that were published, and for each version of the server which of them it needs
 * (xencenter.md §10).
 *
 * @param updates each uuid once
 */
public record PublishedUpdates(List<PublishedUpdate> updates, List<PublishedVersion> versions) {

    public PublishedUpdates {
        updates = List.copyOf(updates);
        versions = List.copyOf(versions);
    }

    public Optional<PublishedUpdate> update(UpdateUuid uuid) {
        return updates.stream().filter(update -> update.uuid().equals(uuid)).findFirst();
    }

    /** The version that a host has; empty when the feed does not know it. */
    public Optional<PublishedVersion> versionOf(HostSnapshot host) {
        return versions.stream().filter(version -> version.isOf(host)).findFirst();
    }

    /** The version that this update makes; empty when it makes none. */
    public Optional<PublishedVersion> madeBy(UpdateUuid update) {
        return versions.stream()
                .filter(version -> update.equals(version.update()))
                .findFirst();
    }
}
