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

/** A registered pool. */
@Schema(
        name = "Pool",
        description = "A registered pool, as it was last seen. Reading it never touches the pool itself.")
record PoolResponse(
        @Schema(description = "XAPI uuid of the pool", example = "0f9a6c1e-2f0b-4d5a-9a55-3a4b1c2d3e4f")
        UUID uuid,

        @Schema(description = "Name; that of its coordinator where nobody named the pool", example = "emea-prod-1")
        String name,

        @Schema(description = "Address that it was registered with", example = "xen1.example.org:443")
        String address,

        @Schema(description = "The host that is the coordinator", example = "7b1d3e6f-5a2c-4f0e-8a7b-9c0d1e2f3a4b")
        UUID coordinatorUuid,

        @Schema(description = "How the pool is reached now") Connection connection,

        @Schema(description = "Product brand of the coordinator; null when unknown", example = "Citrix Hypervisor")
        @Nullable
        String product,

        @Schema(description = "Product version of the coordinator; null when unknown", example = "8.2.1") @Nullable
        String version,

        @Schema(description = "How the pool wants to be updated", example = "POOL_UPDATE")
        Channel channel,

        @Schema(description = "Pinned certificates of all hosts; empty without TLS")
        List<Fingerprint> tlsFingerprints,

        @Schema(description = "Live patching in this pool") LivePatching livePatching,

        @Schema(description = "Whether high availability is on", example = "false")
        boolean haEnabled,

        @Schema(description = "Whether workload balancing is on", example = "false")
        boolean wlbEnabled,

        @Schema(description = "Number of hosts", example = "3")
        int hostCount,

        @Schema(description = "Labels that people gave it", example = "{\"env\": \"prod\"}")
        Map<String, String> labels,

        @Schema(description = "When it was registered", example = "2026-11-25T07:30:00Z")
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

    /** How a pool is reached. */
    @Schema(name = "PoolConnection", description = "How a pool is reached")
    record Connection(
            @Schema(
                    description =
                            "UNREACHABLE: what is shown is the last known state. CERTIFICATE_CHANGED: refused until"
                                    + " tlsFingerprint is confirmed with PATCH.",
                    example = "CONNECTED")
            ConnectionState state,

            @Schema(description = "Since when", example = "2026-11-25T07:30:00Z")
            Instant since,

            @Schema(
                    description = "SHA-256 of the certificate: the one that is presented and refused while the state is"
                            + " CERTIFICATE_CHANGED, else the pinned one of the coordinator; null without TLS",
                    example = "3f1a5c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f")
            @Nullable
            String tlsFingerprint) {}

    /** The pinned certificate of a host. */
    @Schema(name = "TlsFingerprint", description = "The pinned certificate of a host")
    record Fingerprint(
            @Schema(description = "The host", example = "7b1d3e6f-5a2c-4f0e-8a7b-9c0d1e2f3a4b")
            UUID hostUuid,

            @Schema(
                    description = "SHA-256 of its certificate, 64 lower-case hex digits",
                    example = "3f1a5c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f")
            String sha256) {

        static Fingerprint from(HostPin pin) {
            return new Fingerprint(pin.host().value(), pin.sha256());
        }
    }

    /** Live patching in a pool. */
    @Schema(name = "PoolLivePatching", description = "Live patching in a pool")
    record LivePatching(
            @Schema(description = "The pool's own switch", example = "true")
            boolean enabled,

            @Schema(description = "Whether the licence of every live host allows it", example = "true")
            boolean licensed) {}
}
