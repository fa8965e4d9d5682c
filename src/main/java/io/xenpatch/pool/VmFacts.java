package io.xenpatch.pool;

import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.PowerState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory keeps of a guest.
 *
 * @param hostUuid the host it runs on; null when it does not run
 * @param memory bytes it needs on a host
 */
public record VmFacts(
        String name,
        PowerState powerState,
        @Nullable UUID hostUuid,
        GuestKind kind,
        long memory,
        @Nullable Instant startedAt,
        List<String> currentOperations) {

    public VmFacts {
        currentOperations = List.copyOf(currentOperations);
    }
}
