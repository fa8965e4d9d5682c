package io.xenpatch.xen;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a pool's synchronised repository has for its hosts: the answer of {@code GET /updates} (xapi.md §7.3).
 *
 * @param hash of the repository's state; what is applied is applied with it (R15)
 * @param hosts hosts that are not in it are unknown (R2)
 */
public record RepositoryUpdates(String hash, Map<HostUuid, HostUpdates> hosts, List<AvailableUpdate> updates) {

    public RepositoryUpdates {
        hosts = Map.copyOf(hosts);
        updates = List.copyOf(updates);
    }

    public Optional<HostUpdates> of(HostUuid host) {
        return Optional.ofNullable(hosts.get(host));
    }

    /** Without what nobody decides on: updates that every host has, and long texts. */
    public RepositoryUpdates essence() {
        var missing = hosts.values().stream()
                .flatMap(host -> host.updates().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new RepositoryUpdates(
                hash,
                hosts,
                updates.stream()
                        .filter(update -> missing.contains(update.id()))
                        .map(AvailableUpdate::withoutDescription)
                        .toList());
    }

    /** The updates that a host lacks, in the server's order. */
    public List<AvailableUpdate> missingOn(HostUuid host) {
        var ids = of(host).map(HostUpdates::updates).orElse(java.util.Set.of());
        return updates.stream().filter(update -> ids.contains(update.id())).toList();
    }
}
