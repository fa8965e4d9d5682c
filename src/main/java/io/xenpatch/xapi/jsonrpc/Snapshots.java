package io.xenpatch.xapi.jsonrpc;

import static java.util.Objects.requireNonNullElse;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.AppliedUpdate;
import io.xenpatch.xen.HaSettings;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.RetiredSettings;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.SyncFrequency;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateRepository;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.Weekday;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pool's records in the words of room {@code xen}: no reference is left but the keys of operations. */
final class Snapshots {
    private final PoolRecords records;
    private final GuestSnapshots guests;
    private final StorageSnapshots storage;

    Snapshots(PoolRecords records) {
        this.records = records;
        this.guests = new GuestSnapshots(records);
        this.storage = new StorageSnapshots(records);
    }

    /** @throws XapiFailure.AnswerLost when the records don't fit together: they were read while they changed */
    PoolSnapshot pool() {
        var pool = records.all(RecordType.POOL).stream().findFirst().orElseThrow(() -> torn("no pool"));
        var master = records.find(RecordType.HOST, pool.master()).orElseThrow(() -> torn("no coordinator"));
        return new PoolSnapshot(
                PoolUuid.of(pool.uuid()),
                text(pool.name()),
                Channels.of(pool, master),
                HostUuid.of(master.uuid()),
                Boolean.FALSE.equals(pool.livePatchingDisabled()),
                ha(pool),
                pool.wlbEnabled() && !text(pool.wlbUrl()).isEmpty(),
                map(pool.otherConfig()),
                map(pool.currentOperations()),
                records.byRef(RecordType.HOST).entrySet().stream()
                        .map(entry -> host(entry.getKey(), entry.getValue()))
                        .toList(),
                guests.all(),
                storage.all(),
                records.all(RecordType.POOL_UPDATE).stream().map(this::update).toList(),
                repositories(pool),
                new ClusterSnapshots(records).cluster(),
                text(pool.vswitchController()));
    }

    private HaSettings ha(Records.Pool pool) {
        var heartbeat = list(pool.haStatefiles()).stream()
                .flatMap(vdi -> records.find(RecordType.VDI, vdi).stream())
                .flatMap(vdi -> records.find(RecordType.SR, vdi.sr()).stream())
                .map(sr -> SrUuid.of(sr.uuid()))
                .collect(Collectors.toUnmodifiableSet());
        return new HaSettings(
                pool.haEnabled(),
                heartbeat,
                map(pool.haConfiguration()),
                text(pool.haClusterStack()),
                pool.haFailuresToTolerate());
    }

    private PoolRepositories repositories(Records.Pool pool) {
        var used = list(pool.repositories());
        var enabled = used.stream()
                .flatMap(ref -> records.find(RecordType.REPOSITORY, ref).stream())
                .map(Snapshots::repository)
                .toList();
        var others = records.byRef(RecordType.REPOSITORY).entrySet().stream()
                .filter(known -> !used.contains(known.getKey()))
                .map(known -> repository(known.getValue()))
                .sorted(Comparator.comparing(UpdateRepository::name).thenComparing(UpdateRepository::uuid))
                .toList();
        return new PoolRepositories(
                enabled, XapiTime.parse(pool.lastUpdateSync()), pool.updateSyncEnabled(), schedule(pool), others);
    }

    private static UpdateRepository repository(Records.Repository found) {
        return new UpdateRepository(
                UUID.fromString(found.uuid()), text(found.name()), found.update(), text(found.hash()));
    }

    private static @Nullable SyncSchedule schedule(Records.Pool pool) {
        return switch (text(pool.updateSyncFrequency())) {
            case "daily" -> new SyncSchedule(SyncFrequency.DAILY, null);
            case "weekly" ->
                new SyncSchedule(
                        SyncFrequency.WEEKLY, Weekday.of(pool.updateSyncDay()).orElse(null));
            default -> null;
        };
    }

    private static XapiFailure.AnswerLost torn(String what) {
        return new XapiFailure.AnswerLost("the pool's records don't fit together: " + what);
    }

    HostSnapshot host(String ref, Records.Host host) {
        var config = map(host.otherConfig());
        var metrics = records.find(RecordType.HOST_METRICS, host.metrics());
        return new HostSnapshot(
                HostUuid.of(host.uuid()),
                text(host.name()),
                text(host.address()),
                metrics.map(Records.HostMetrics::live).orElse(false),
                host.enabled(),
                XapiTime.parseSeconds(config.get("boot_time")),
                XapiTime.parseSeconds(config.get("agent_start_time")),
                map(host.softwareVersion()),
                map(host.licenseParams()),
                config,
                updates(host.updates()),
                appliedSince(list(host.patches())),
                updates(host.updatesRequiringReboot()),
                storage(ref),
                metrics.map(Records.HostMetrics::memoryTotal).orElse(0L),
                metrics.map(found -> memoryFree(ref, host, found)).orElse(0L),
                map(host.currentOperations()),
                software(host),
                new RetiredSettings(host.sslLegacy(), text(host.powerOnMode())));
    }

    private static HostSoftware software(Records.Host host) {
        return new HostSoftware(
                Guidances.pending(host.mandatory(), host.recommended(), host.full()),
                XapiTime.parse(host.lastSoftwareUpdate()),
                text(host.lastUpdateHash()),
                switch (text(host.latestSyncedUpdatesApplied())) {
                    case "yes" -> true;
                    case "no" -> false;
                    default -> null;
                });
    }

    /** What the server says; where it no longer does (0), what its own planner computes: all that nobody takes. */
    private long memoryFree(String ref, Records.Host host, Records.HostMetrics metrics) {
        if (metrics.memoryFree() > 0 || metrics.memoryTotal() == 0) {
            return metrics.memoryFree();
        }
        return Math.max(0, metrics.memoryTotal() - host.memoryOverhead() - guests.memoryTakenOn(ref));
    }

    private List<StorageConnection> storage(String hostRef) {
        return records.all(RecordType.PBD).stream()
                .filter(pbd -> hostRef.equals(pbd.host()))
                .flatMap(pbd -> records.find(RecordType.SR, pbd.sr()).stream()
                        .map(sr -> new StorageConnection(PbdUuid.of(pbd.uuid()), SrUuid.of(sr.uuid()), pbd.attached())))
                .toList();
    }

    private Set<UpdateUuid> updates(@Nullable List<String> refs) {
        return list(refs).stream()
                .flatMap(ref -> records.find(RecordType.POOL_UPDATE, ref).stream())
                .map(update -> UpdateUuid.of(update.uuid()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<AppliedUpdate> appliedSince(List<String> hostPatches) {
        return hostPatches.stream()
                .flatMap(ref -> records.find(RecordType.HOST_PATCH, ref).stream())
                .filter(Records.HostPatch::applied)
                .flatMap(patch -> appliedSince(patch).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<AppliedUpdate> appliedSince(Records.HostPatch patch) {
        var at = XapiTime.parse(patch.appliedAt());
        return at == null
                ? Optional.empty()
                : records.find(RecordType.POOL_PATCH, patch.patch())
                        .flatMap(mirror -> records.find(RecordType.POOL_UPDATE, mirror.update()))
                        .map(update -> new AppliedUpdate(UpdateUuid.of(update.uuid()), at));
    }

    private UpdateInfo update(Records.PoolUpdate update) {
        return new UpdateInfo(
                UpdateUuid.of(update.uuid()),
                text(update.name()),
                text(update.description()),
                text(update.version()),
                Guidances.of(list(update.guidance())),
                update.installationSize(),
                list(update.hosts()).stream()
                        .flatMap(ref -> records.find(RecordType.HOST, ref).stream())
                        .map(host -> HostUuid.of(host.uuid()))
                        .collect(Collectors.toUnmodifiableSet()),
                records.has(RecordType.VDI, update.vdi()));
    }

    static String text(@Nullable String text) {
        return requireNonNullElse(text, "");
    }

    static Map<String, String> map(@Nullable Map<String, String> map) {
        return requireNonNullElse(map, Map.of());
    }

    static List<String> list(@Nullable List<String> list) {
        return requireNonNullElse(list, List.of());
    }
}
