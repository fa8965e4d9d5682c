package io.xenpatch.pool;

import java.time.Instant;
import java.util.UUID;

/**
 * A host, guest or update of the inventory.
 *
 * @param changedAt when what is kept of it last changed
 */
public record InventoryItem<T>(UUID uuid, UUID poolUuid, Instant changedAt, T facts) {}
