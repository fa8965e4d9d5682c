package io.xenpatch.pool.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.pool.ConnectionState;
import io.xenpatch.pool.PoolView;
import io.xenpatch.pool.RepositoryFacts;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.SyncFrequency;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.Weekday;
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
 * @param repositories where it has its updates from; null on other channels than REPOSITORY
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

        @Nullable Repositories repositories,

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
                pool.repositories() == null ? null : Repositories.from(pool.repositories()),
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
     * Where a pool has its updates from.
     *
     * @param known all repositories that the pool knows, those in use first
     * @param synchronisedAt when the pool synchronised last; null when never since its repositories or its coordinator changed
     * @param periodicSync the pool's own synchronisation
     */
    @Schema(name = "PoolRepositories")
    record Repositories(List<Repository> known, @Nullable Instant synchronisedAt, PeriodicSync periodicSync) {

        static Repositories from(RepositoryFacts facts) {
            return new Repositories(
                    facts.known().stream().map(Repository::from).toList(), facts.syncedAt(), PeriodicSync.from(facts));
        }
    }

    /**
     * A repository that a pool knows.
     *
     * @param uuid XAPI uuid of the repository
     * @param name name of the repository
     * @param enabled whether the pool uses it
     * @param holdsUpdates whether updates come from it; the base system does not change
     * @param hash identifies its updates as they were synchronised last; null when not since it was enabled
     */
    @Schema(name = "Repository")
    record Repository(
            UUID uuid,
            String name,
            boolean enabled,
            boolean holdsUpdates,
            @Nullable String hash) {

        static Repository from(RepositoryFacts.Repository facts) {
            return new Repository(facts.uuid(), facts.name(), facts.enabled(), facts.holdsUpdates(), facts.hash());
        }
    }

    /**
     * Whether a pool synchronises its repositories by itself, and when.
     *
     * @param enabled whether it does
     * @param frequency how often it does or would; null when the pool does not say
     * @param day on which day, where it is WEEKLY; else null
     */
    @Schema(name = "PeriodicSync")
    record PeriodicSync(
            boolean enabled,
            @Nullable SyncFrequency frequency,
            @Nullable Weekday day) {

        static PeriodicSync from(RepositoryFacts facts) {
            SyncSchedule schedule = facts.schedule();
            return schedule == null
                    ? new PeriodicSync(facts.periodicSync(), null, null)
                    : new PeriodicSync(facts.periodicSync(), schedule.frequency(), schedule.day());
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
