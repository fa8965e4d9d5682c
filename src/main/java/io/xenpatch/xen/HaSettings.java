package io.xenpatch.xen;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a pool's high availability is set up: all that it takes to turn it on again as it was (R34).
 *
 * @param heartbeat the storage of its heartbeat ({@code ha_statefiles}); empty while it is off
 * @param configuration {@code ha_configuration}
 * @param clusterStack {@code ha_cluster_stack}; empty where the server does not say
 * @param failuresToTolerate hosts that may fail, from 0
 */
public record HaSettings(
        boolean enabled,
        Set<SrUuid> heartbeat,
        Map<String, String> configuration,
        String clusterStack,
        long failuresToTolerate) {

    /** It is off, and nothing else is known. */
    public static final HaSettings OFF = new HaSettings(false, Set.of(), Map.of(), "", 0);

    public HaSettings {
        heartbeat = Set.copyOf(heartbeat);
        configuration = Map.copyOf(configuration);
    }

    /** Whether a host sees the storage of its heartbeat. */
    public boolean isSeenBy(HostSnapshot host) {
        return heartbeat.stream().allMatch(host::attaches);
    }

    /** For states that an earlier version kept, which don't tell. */
    static HaSettings orOff(@Nullable HaSettings kept) {
        return kept == null ? OFF : kept;
    }
}
