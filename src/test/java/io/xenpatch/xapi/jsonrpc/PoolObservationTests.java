package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.VmScenario;
import io.xenpatch.xen.AppliedUpdate;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.ClusterSnapshot;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.SyncFrequency;
import io.xenpatch.xen.SyncSchedule;
import io.xenpatch.xen.UpdateRepository;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.Weekday;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoolObservationTests extends AdapterTest {
    private static final String UPDATE = "11111111-1111-4111-8111-111111111111";
    private static final long GUEST = (1L << 30) + (12L << 20);

    @Test
    void readsAPoolWithAllThatBelongsToIt() {
        start(Scenario.pool("lab").hosts(3).vmsEach(3).update("LIVE").update("TOOLSTACK"));

        var pool = open().pool().observe();

        assertThat(pool.uuid()).hasToString(description().poolUuid());
        assertThat(pool.name()).isEqualTo("lab");
        assertThat(pool.channel()).isEqualTo(Channel.POOL_UPDATE);
        assertThat(pool.coordinator()).isEqualTo(host(0));
        assertThat(pool.livePatchingEnabled()).isTrue();
        assertThat(pool.haEnabled()).isFalse();
        assertThat(pool.wlbEnabled()).isFalse();
        assertThat(pool.licensedForLivePatching()).isTrue();
        assertThat(pool.hosts()).hasSize(3);
        assertThat(pool.vms()).hasSize(9).allSatisfy(vm -> {
            assertThat(vm.memory()).isEqualTo(GUEST);
            assertThat(vm.powerState()).isEqualTo(PowerState.RUNNING);
            assertThat(vm.startedAt()).isNotNull();
            assertThat(vm.storage()).hasSize(1);
            assertThat(vm.discs()).isEmpty();
        });
        assertThat(pool.vms()).extracting(vm -> vm.kind()).contains(GuestKind.HVM, GuestKind.PV);
        assertThat(pool.residentOn(host(1))).hasSize(3);
        assertThat(pool.srs()).hasSize(4);
        assertThat(pool.updates())
                .hasSize(2)
                .anySatisfy(update -> assertThat(update.guidance()).isEqualTo(Set.of(Guidance.RESTART_TOOLSTACK)))
                .allSatisfy(update -> assertThat(update.uploaded()).isTrue());
    }

    @Test
    void readsHostsWithTimesStorageAndMemory() {
        start(Scenario.pool("lab")
                .hosts(2)
                .vmsEach(2)
                .host(1, host -> host.inMaintenance().storageDetached()));

        var pool = open().pool().observe();

        var coordinator = pool.host(host(0)).orElseThrow();
        assertThat(coordinator.live()).isTrue();
        assertThat(coordinator.enabled()).isTrue();
        assertThat(coordinator.bootedAt()).isNotNull();
        assertThat(coordinator.toolstackStartedAt()).isAfter(coordinator.bootedAt());
        assertThat(coordinator.storage()).hasSize(2).allMatch(storage -> storage.attached());
        assertThat(coordinator.memoryFree()).isGreaterThanOrEqualTo(2 * GUEST).isLessThan(coordinator.memoryTotal());
        var supporter = pool.host(host(1)).orElseThrow();
        assertThat(supporter.inMaintenance()).isTrue();
        assertThat(supporter.storage()).anyMatch(storage -> !storage.attached());
    }

    @Test
    void tellsSinceWhenHostsHaveAnUpdateAndOweAToolstackRestart() {
        start(Scenario.pool("lab")
                .hosts(3)
                .update("TOOLSTACK", update -> update.appliedOn(0).toolstackPendingOn(1)));

        var pool = open().pool().observe();

        var update = pool.updates().get(0).uuid();
        var restarted = pool.host(host(0)).orElseThrow();
        assertThat(since(restarted, update)).isBefore(restarted.toolstackStartedAt());
        assertThat(pool.awaitingToolstackRestart(restarted)).isEmpty();
        var owing = pool.host(host(1)).orElseThrow();
        assertThat(since(owing, update)).isAfter(owing.toolstackStartedAt());
        assertThat(pool.awaitingToolstackRestart(owing)).isEqualTo(pool.updates());
        assertThat(pool.host(host(2)).orElseThrow().appliedSince()).isEmpty();
    }

    private static Instant since(HostSnapshot host, UpdateUuid update) {
        assertThat(host.appliedSince()).extracting(AppliedUpdate::update).containsExactly(update);
        return host.appliedSince().iterator().next().at();
    }

    /** Before 7.1 mirrors name no update, and whatever never happened is at the epoch. */
    @Test
    void tellsNoTimeOfAnUpdateWhereTheServerTellsNone() {
        var records = new PoolRecords()
                .putAll(RecordType.POOL_UPDATE, Map.of("update", record(RecordType.POOL_UPDATE, "uuid", UPDATE)))
                .putAll(
                        RecordType.POOL_PATCH,
                        Map.of(
                                "mirror", record(RecordType.POOL_PATCH, "pool_update", "update"),
                                "legacy", record(RecordType.POOL_PATCH)))
                .putAll(
                        RecordType.HOST_PATCH,
                        Map.of(
                                "no time", patch("mirror", Map.of()),
                                "never", patch("mirror", Map.of("timestamp_applied", "19700101T00:00:00Z")),
                                "no update", patch("legacy", Map.of("timestamp_applied", "20260101T00:00:00Z"))));
        var host = JsonRpc.MAPPER.convertValue(
                Map.of("uuid", UPDATE, "patches", List.of("no time", "never", "no update", "gone")),
                Records.Host.class);

        assertThat(new Snapshots(records).host("host", host).appliedSince()).isEmpty();
        assertThat(new Snapshots(records)
                        .host("host", JsonRpc.MAPPER.convertValue(Map.of("uuid", UPDATE), Records.Host.class))
                        .appliedSince())
                .isEmpty();
    }

    @Test
    void readsRepositoriesAndWhatHostsAndGuestsHaveOfThem() {
        var pool = Map.of(
                "uuid",
                UPDATE,
                "master",
                "host",
                "repositories",
                List.of("base", "channel", "gone"),
                "last_update_sync",
                "20260801T00:00:00Z",
                "update_sync_enabled",
                true,
                "update_sync_frequency",
                "weekly",
                "update_sync_day",
                6);
        var host = Map.of(
                "uuid",
                UPDATE,
                "pending_guidances",
                List.of("restart_toolstack"),
                "last_software_update",
                "20260802T00:00:00Z",
                "last_update_hash",
                "abc",
                "latest_synced_updates_applied",
                "yes");
        var records = new PoolRecords()
                .putAll(RecordType.POOL, Map.of("pool", read(RecordType.POOL, pool)))
                .putAll(RecordType.HOST, Map.of("host", read(RecordType.HOST, host)))
                .putAll(
                        RecordType.REPOSITORY,
                        Map.of(
                                "base", repository("base", false, ""),
                                "channel", repository("channel", true, "abc"),
                                "unused", repository("unused", true, "def")));

        var snapshot = new Snapshots(records).pool();

        assertThat(snapshot.repositories())
                .isEqualTo(new PoolRepositories(
                        List.of(
                                new UpdateRepository(UUID.fromString(UPDATE), "base", false, ""),
                                new UpdateRepository(UUID.fromString(UPDATE), "channel", true, "abc")),
                        Instant.parse("2026-08-01T00:00:00Z"),
                        true,
                        new SyncSchedule(SyncFrequency.WEEKLY, Weekday.SATURDAY),
                        List.of(new UpdateRepository(UUID.fromString(UPDATE), "unused", true, "def"))));
        assertThat(snapshot.hosts())
                .singleElement()
                .extracting(HostSnapshot::software)
                .isEqualTo(new HostSoftware(
                        new PendingGuidances(Map.of(GuidanceLevel.MANDATORY, Set.of(Guidance.RESTART_TOOLSTACK))),
                        Instant.parse("2026-08-02T00:00:00Z"),
                        "abc",
                        true));
    }

    private static Records.Repository repository(String name, boolean update, String hash) {
        return read(RecordType.REPOSITORY, Map.of("uuid", UPDATE, "name_label", name, "update", update, "hash", hash));
    }

    /** Citrix Hypervisor has none of these fields: nothing is known, and nothing is pending. */
    @Test
    void whatAServerDoesNotTellOfItsUpdatesIsUnknown() {
        var records = new PoolRecords()
                .putAll(
                        RecordType.POOL,
                        Map.of("pool", read(RecordType.POOL, Map.of("uuid", UPDATE, "master", "host"))))
                .putAll(RecordType.HOST, Map.of("host", read(RecordType.HOST, Map.of("uuid", UPDATE))))
                .putAll(RecordType.VM, Map.of("vm", read(RecordType.VM, Map.of("uuid", UPDATE))));

        var snapshot = new Snapshots(records).pool();

        assertThat(snapshot.repositories()).isEqualTo(PoolRepositories.NONE);
        assertThat(snapshot.cluster()).isEqualTo(ClusterSnapshot.NONE);
        assertThat(snapshot.vswitchController()).isEmpty();
        assertThat(snapshot.hosts())
                .singleElement()
                .extracting(HostSnapshot::software)
                .isEqualTo(HostSoftware.UNKNOWN);
        assertThat(snapshot.vms())
                .singleElement()
                .satisfies(vm -> assertThat(vm.pending().lists()).isEmpty());
    }

    private static <T> T read(RecordType<T> type, Map<String, ?> fields) {
        return JsonRpc.MAPPER.convertValue(fields, type.type());
    }

    private static Records.HostPatch patch(String mirror, Map<String, String> more) {
        var fields = new HashMap<String, Object>(more);
        fields.put("pool_patch", mirror);
        fields.put("applied", true);
        return JsonRpc.MAPPER.convertValue(fields, Records.HostPatch.class);
    }

    private static <T> T record(RecordType<T> type, String... field) {
        return JsonRpc.MAPPER.convertValue(field.length == 0 ? Map.of() : Map.of(field[0], field[1]), type.type());
    }

    @Test
    void readsOneHostAsItIsInThePool() {
        start(Scenario.pool("lab").hosts(2).vmsEach(2).update("LIVE", update -> update.appliedOn(1)));
        var pool = open();

        assertThat(pool.hosts().observe(host(1)))
                .isEqualTo(pool.pool().observe().host(host(1)).orElseThrow());
    }

    @Test
    void tellsHaltedGuestsLocalStorageAndDiscs() {
        start(Scenario.pool("lab")
                .hosts(2)
                .vm("off", vm -> vm.powerState("Halted"))
                .vm("disc", VmScenario::cdInserted)
                .vm("local", vm -> vm.localStorage().autoPoweron()));

        var pool = open().pool().observe();

        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("off"))
                .singleElement()
                .satisfies(vm -> {
                    assertThat(vm.residentOn()).isNull();
                    assertThat(vm.memory()).isEqualTo(GUEST);
                });
        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("disc"))
                .allSatisfy(vm -> assertThat(vm.discs()).hasSize(1));
        assertThat(pool.vms())
                .filteredOn(vm -> vm.name().equals("local"))
                .singleElement()
                .satisfies(vm -> {
                    assertThat(vm.autoPoweron()).isTrue();
                    assertThat(pool.sr(vm.storage().iterator().next())
                                    .orElseThrow()
                                    .shared())
                            .isFalse();
                });
    }

    @Test
    void tellsOfClustersAndOfWhatGoesOnInStorage() {
        start(Scenario.pool("lab")
                .hosts(2)
                .clustered()
                .host(1, host -> host.outsideCluster().field("power_on_mode", "iLO"))
                .field("vswitch_controller", "192.0.2.9")
                .storageField("current_operations", Map.of("OpaqueRef:1", "vdi_create")));

        var pool = open().pool().observe();

        assertThat(pool.cluster().members())
                .containsExactlyInAnyOrder(
                        new ClusterSnapshot.Member(host(0), true, null),
                        new ClusterSnapshot.Member(host(1), false, null));
        assertThat(pool.cluster().quorate()).as("nobody watches it").isNull();
        assertThat(pool.vswitchController()).isEqualTo("192.0.2.9");
        assertThat(pool.host(host(1)).orElseThrow().retired().powerOnMode()).isEqualTo("iLO");
        assertThat(pool.srs())
                .filteredOn(sr -> sr.type().equals("gfs2"))
                .singleElement()
                .satisfies(sr -> assertThat(sr.operations()).containsExactly("vdi_create"));
    }

    @Test
    void tellsWhatGoesOnWithTheDisksOfAStorage() {
        var records = new PoolRecords()
                .putAll(RecordType.SR, Map.of("sr", read(RecordType.SR, Map.of("uuid", UPDATE))))
                .putAll(
                        RecordType.VDI,
                        Map.of(
                                "busy",
                                        read(
                                                RecordType.VDI,
                                                Map.of("SR", "sr", "current_operations", Map.of("task", "copy"))),
                                "idle", read(RecordType.VDI, Map.of("SR", "sr"))));

        assertThat(new StorageSnapshots(records).all())
                .singleElement()
                .satisfies(sr -> assertThat(sr.operations()).containsExactly("copy"));
    }

    @Test
    void aClusterThatTheServerWatchesSaysWhetherItHasItsQuorum() {
        var records = new PoolRecords()
                .putAll(RecordType.HOST, Map.of("host", read(RecordType.HOST, Map.of("uuid", UPDATE))))
                .putAll(
                        RecordType.CLUSTER,
                        Map.of("c", read(RecordType.CLUSTER, Map.of("uuid", UPDATE, "is_quorate", true, "quorum", 2))))
                .putAll(
                        RecordType.CLUSTER_HOST,
                        Map.of(
                                "there",
                                        read(
                                                RecordType.CLUSTER_HOST,
                                                Map.of(
                                                        "host",
                                                        "host",
                                                        "enabled",
                                                        true,
                                                        "live",
                                                        false,
                                                        "last_update_live",
                                                        "20260801T00:00:00Z")),
                                "gone", read(RecordType.CLUSTER_HOST, Map.of("host", "gone", "enabled", true))));

        var cluster = new ClusterSnapshots(records).cluster();

        assertThat(cluster.quorate()).isTrue();
        assertThat(cluster.members()).singleElement().satisfies(member -> {
            assertThat(member.enabled()).isTrue();
            assertThat(member.live()).isFalse();
        });
    }

    @Test
    void switchesLivePatching() {
        start(Scenario.pool("lab"));
        var pool = open();

        pool.pool().setLivePatchingDisabled(true);

        assertThat(pool.pool().observe().livePatchingEnabled()).isFalse();
    }
}
