package io.xenpatch.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool can keep images, at one moment.
 *
 * @param defaultSr {@code pool.default_SR}; null when there is none
 */
public record StorageSnapshot(
        HostUuid coordinator, @Nullable SrUuid defaultSr, List<SrSpace> repositories) {

    public StorageSnapshot {
        repositories = List.copyOf(repositories);
    }
}
