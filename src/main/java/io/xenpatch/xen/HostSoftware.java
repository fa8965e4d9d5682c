package io.xenpatch.xen;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of its updates from repositories (xapi.md §7.2, §7.8).
 *
 * @param pending what they left to do
 * @param updatedAt {@code last_software_update}; null when never, or when the server does not say
 * @param updateHash {@code last_update_hash}: the state of the repository that the host has; empty when the server does not say
 * @param hasLatestSynced {@code latest_synced_updates_applied}, computed by the server only when it synchronises or applies; null = unknown
 */
public record HostSoftware(
        PendingGuidances pending,
        @Nullable Instant updatedAt,
        String updateHash,
        @Nullable Boolean hasLatestSynced) {

    /** Of a server without repositories. */
    public static final HostSoftware UNKNOWN = new HostSoftware(PendingGuidances.UNKNOWN, null, "", null);

    /** For states that an earlier version kept, which don't tell. */
    static HostSoftware orUnknown(@Nullable HostSoftware kept) {
        return kept == null ? UNKNOWN : kept;
    }
}
