package io.xenpatch.pool;

import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.PoolUuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered pool as readers see it.
 *
 * @param revision what {@code If-Match} is compared with
 * @param repositories null on other channels than {@code REPOSITORY}
 * @param tlsFingerprint the certificate that is presented while it is refused, else the coordinator's pin; null without TLS
 */
public record PoolView(
        PoolUuid uuid,
        long revision,
        String name,
        String address,
        ConnectionState state,
        Instant since,
        @Nullable String tlsFingerprint,
        UUID coordinatorUuid,
        @Nullable String product,
        @Nullable String version,
        Channel channel,
        List<HostPin> pins,
        boolean livePatchingEnabled,
        boolean livePatchingLicensed,
        boolean haEnabled,
        boolean wlbEnabled,
        int hostCount,
        @Nullable RepositoryFacts repositories,
        Map<String, String> labels,
        Instant registeredAt) {

    public PoolView {
        pins = List.copyOf(pins);
        labels = Map.copyOf(labels);
    }
}
