package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.ConnectionState;
import io.xenpatch.pool.PoolView;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered pool, as it was last seen. Reading it never touches the pool itself.
 *
 * @param uuid XAPI uuid of the pool
 * @param name name; that of its coordinator where nobody named the pool
 * @param address address that it was registered with
 * @param coordinatorUuid the host that is the coordinator
 * @param connection how the pool is reached now
 * @param product product brand of the coordinator; null when unknown
 * @param version product version of the coordinator; null when unknown
 * @param channel how the pool wants to be updated
 * @param tlsFingerprints pinned certificates of all hosts; empty without TLS
 * @param livePatching live patching in this pool
 * @param haEnabled whether high availability is on
 * @param wlbEnabled whether workload balancing is on
 * @param hostCount number of hosts
 * @param labels labels that people gave it
 * @param registeredAt when it was registered
 */
@Schema(name = "Pool")
record PoolResponse(
        UUID uuid,

        String name,

        String address,

        UUID coordinatorUuid,

        Connection connection,

        @Nullable String product,

        @Nullable String version,

        Channel channel,

        List<Fingerprint> tlsFingerprints,

        LivePatching livePatching,

        boolean haEnabled,

        boolean wlbEnabled,

        int hostCount,

        Map<String, String> labels,

        Instant registeredAt) {

    static PoolResponse from(PoolView pool) {
        return new PoolResponse(
                pool.uuid().value(),
                pool.name(),
                pool.address(),
                pool.coordinatorUuid(),
                new Connection(pool.state(), pool.since(), pool.tlsFingerprint()),
                pool.product(),
                pool.version(),
                pool.channel(),
                pool.pins().stream().map(Fingerprint::from).toList(),
                new LivePatching(pool.livePatchingEnabled(), pool.livePatchingLicensed()),
                pool.haEnabled(),
                pool.wlbEnabled(),
                pool.hostCount(),
                pool.labels(),
                pool.registeredAt());
    }

    /**
     * How a pool is reached.
     *
     * @param state UNREACHABLE: what is shown is the last known state. CERTIFICATE_CHANGED: refused until tlsFingerprint is
     *     confirmed with PATCH.
     * @param since since when
     * @param tlsFingerprint SHA-256 of the certificate: the one that is presented and refused while the state is
     *     CERTIFICATE_CHANGED, else the pinned one of the coordinator; null without TLS
     */
    @Schema(name = "PoolConnection")
    record Connection(
            ConnectionState state, Instant since, @Nullable String tlsFingerprint) {}

    /**
     * The pinned certificate of a host.
     *
     * @param hostUuid the host
     * @param sha256 SHA-256 of its certificate, 64 lower-case hex digits
     */
    @Schema(name = "TlsFingerprint")
    record Fingerprint(UUID hostUuid, String sha256) {

        static Fingerprint from(HostPin pin) {
            return new Fingerprint(pin.host().value(), pin.sha256());
        }
    }

    /**
     * Live patching in a pool.
     *
     * @param enabled the pool's own switch
     * @param licensed whether the licence of every live host allows it
     */
    @Schema(name = "PoolLivePatching")
    record LivePatching(boolean enabled, boolean licensed) {}
}
