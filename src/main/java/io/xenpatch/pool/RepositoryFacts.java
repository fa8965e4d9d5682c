package io.xenpatch.pool;

import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.UpdateRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool has its updates from, as the inventory keeps it.
 *
 * @param known all repositories that the pool knows, those in use first
 * @param syncedAt when the pool synchronised last; null when never since its repositories or its coordinator changed
 * @param periodicSync whether the pool synchronises by itself
 * @param schedule when it does or would; null when it does not say
 */
public record RepositoryFacts(
        List<Repository> known,
        @Nullable Instant syncedAt,
        boolean periodicSync,
        @Nullable SyncSchedule schedule) {

    public RepositoryFacts {
        known = List.copyOf(known);
    }

    static RepositoryFacts of(PoolRepositories repositories) {
        var used = repositories.enabled().stream().map(each -> Repository.of(each, true));
        var others = repositories.others().stream().map(each -> Repository.of(each, false));
        return new RepositoryFacts(
                Stream.concat(used, others).toList(),
                repositories.syncedAt(),
                repositories.periodicSync(),
                repositories.schedule());
    }

    /**
     * One of them.
     *
     * @param holdsUpdates whether updates come from it; the base system does not change
     * @param hash of its updates as they were synchronised last; null when not since it was enabled
     */
    public record Repository(
            UUID uuid,
            String name,
            boolean enabled,
            boolean holdsUpdates,
            @Nullable String hash) {

        static Repository of(UpdateRepository repository, boolean enabled) {
            return new Repository(
                    repository.uuid(),
                    repository.name(),
                    enabled,
                    repository.holdsUpdates(),
                    repository.hash().isEmpty() ? null : repository.hash());
        }
    }
}
