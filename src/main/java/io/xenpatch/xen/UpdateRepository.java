package io.xenpatch.xen;

import java.util.UUID;

/**
 * A repository that a pool has enabled.
 *
 * @param holdsUpdates whether updates come from it; the base system does not change
 * @param hash of its updates as they were synchronised last; empty = not synchronised since it was enabled
 */
public record UpdateRepository(UUID uuid, String name, boolean holdsUpdates, String hash) {}
