package io.xenpatch.xen;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool has its updates from.
 *
 * @param enabled the repositories in use
 * @param syncedAt {@code last_update_sync}; null when never, or when the server does not say
 * @param periodicSync whether the server synchronises by itself
 * @param schedule when it does or would; null when the server does not say
 * @param others the repositories that it knows and does not use, by name
 */
public record PoolRepositories(
        List<UpdateRepository> enabled,
        @Nullable Instant syncedAt,
        boolean periodicSync,
        @Nullable SyncSchedule schedule,
        List<UpdateRepository> others) {

    /** Of a pool that has none, or whose server does not know repositories. */
    public static final PoolRepositories NONE = new PoolRepositories(List.of(), null, false);

    public PoolRepositories {
        enabled = List.copyOf(enabled);
        // what an earlier version kept does not tell of others
        others = others == null ? List.of() : List.copyOf(others);
    }

    /** Without what only people want to know. */
    public PoolRepositories(List<UpdateRepository> enabled, @Nullable Instant syncedAt, boolean periodicSync) {
        this(enabled, syncedAt, periodicSync, null, List.of());
    }

    /** For states that an earlier version kept, which don't tell. */
    static PoolRepositories orNone(@Nullable PoolRepositories kept) {
        return kept == null ? NONE : kept;
    }

    /** The one that updates come from: the server applies from exactly one (xapi.md §7.8). */
    public Optional<UpdateRepository> source() {
        var sources = enabled.stream().filter(UpdateRepository::holdsUpdates).toList();
        return sources.size() == 1 ? Optional.of(sources.get(0)) : Optional.empty();
    }
}
