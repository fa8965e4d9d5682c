package io.xenpatch.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of the server in an update feed (xencenter.md §10).
 *
 * @param version as in {@code host.software_version["product_version"]}
 * @param buildNumber as in {@code host.software_version["build_number"]}; empty = every build of the version
 * @param update the update that makes this version of an earlier one, for example a cumulative update; null when none does
 * @param updates all that were published for this version
 * @param minimal the fewest updates that bring a host of this version up to date, in the publisher's order; empty = it is, null =
 *     the feed does not say
 */
public record PublishedVersion(
        String version,
        String name,
        String buildNumber,
        @Nullable UpdateUuid update,
        List<UpdateUuid> updates,
        @Nullable List<UpdateUuid> minimal) {

    public PublishedVersion {
        updates = List.copyOf(updates);
        minimal = minimal == null ? null : List.copyOf(minimal);
    }

    /** Whether the host has this version: by build number where the version has one, else by product version. */
    public boolean isOf(HostSnapshot host) {
        return buildNumber.isEmpty()
                ? version.equals(host.softwareVersion().get("product_version"))
                : buildNumber.equals(host.softwareVersion().get("build_number"));
    }
}
