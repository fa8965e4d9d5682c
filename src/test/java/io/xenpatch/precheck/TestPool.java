package io.xenpatch.precheck;

import io.xenpatch.xen.Channel;
import io.xenpatch.xen.ClusterSnapshot;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.HaSettings;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolRepositories;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.RetiredSettings;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.UpdateInfo;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds snapshots: healthy hosts with shared storage and one update, then the one thing that a test is about. */
public final class TestPool {
    public static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    public static final PoolUuid POOL = new PoolUuid(new UUID(0, 1));
    public static final UpdateUuid UPDATE = new UpdateUuid(new UUID(0, 500));
    public static final SrSnapshot SHARED = new SrSnapshot(new SrUuid(new UUID(0, 300)), "nfs", "nfs", "", true, false);

    private final List<HostSnapshot> hosts = new ArrayList<>();
    private final List<VmSnapshot> vms = new ArrayList<>();
    private final List<SrSnapshot> srs = new ArrayList<>(List.of(SHARED));
    private final Map<String, String> otherConfig = new HashMap<>();
    private final Map<String, String> operations = new HashMap<>();
    private final Set<HostUuid> appliedOn = new HashSet<>();
    private final List<UpdateInfo> earlier = new ArrayList<>();
    private Set<Guidance> guidance = Set.of(Guidance.REBOOT_HOST);
    private Channel channel = Channel.POOL_UPDATE;
    private boolean livePatching = true;
    private boolean ha;
    private Set<SrUuid> heartbeat = Set.of();
    private boolean wlb;
    private boolean uploaded = true;
    private PoolRepositories repositories = PoolRepositories.NONE;
    private ClusterSnapshot cluster = ClusterSnapshot.NONE;
    private String vswitchController = "";

    public static TestPool of(int hosts) {
        TestPool pool = new TestPool();
        for (int index = 0; index < hosts; index++) {
            pool.hosts.add(healthy(index));
        }
        return pool;
    }

    public static HostUuid host(int index) {
        return new HostUuid(new UUID(0, 100 + index));
    }

    public static VmUuid vm(int index) {
        return new VmUuid(new UUID(0, 200 + index));
    }

    public TestPool vm(int index, int host) {
        return vm(index, host, vm -> vm);
    }

    public TestPool vm(int index, int host, UnaryOperator<VmSnapshot> change) {
        vms.add(change.apply(new VmSnapshot(
                vm(index),
                "vm-" + index,
                PowerState.RUNNING,
                host(host),
                GuestKind.HVM,
                1 << 30,
                false,
                Set.of(SHARED.uuid()),
                List.of(),
                Set.of("pool_migrate"),
                Map.of(),
                Map.of(),
                null,
                PendingGuidances.UNKNOWN)));
        return this;
    }

    public TestPool change(int host, UnaryOperator<HostSnapshot> change) {
        hosts.set(host, change.apply(hosts.get(host)));
        return this;
    }

    public TestPool sr(SrSnapshot sr) {
        srs.add(sr);
        return this;
    }

    public TestPool guidance(Guidance... words) {
        guidance = Set.of(words);
        return this;
    }

    /** Another update, which asks for this. */
    public TestPool earlier(UpdateUuid uuid, Guidance... words) {
        earlier.add(new UpdateInfo(uuid, "XS82E000", "", "1.0", Set.of(words), 1 << 20, Set.of(), true));
        return this;
    }

    public TestPool appliedOn(int... indexes) {
        for (int index : indexes) {
            appliedOn.add(host(index));
        }
        return this;
    }

    public TestPool channel(Channel other) {
        channel = other;
        return this;
    }

    public TestPool livePatchingDisabled() {
        livePatching = false;
        return this;
    }

    public TestPool highAvailability() {
        ha = true;
        return this;
    }

    /** @param srs the storage of its heartbeat */
    TestPool highAvailability(SrSnapshot... srs) {
        heartbeat = Arrays.stream(srs).map(SrSnapshot::uuid).collect(Collectors.toSet());
        return highAvailability();
    }

    public TestPool workloadBalancing() {
        wlb = true;
        return this;
    }

    public TestPool imageGone() {
        uploaded = false;
        return this;
    }

    public TestPool otherConfig(String key, String value) {
        otherConfig.put(key, value);
        return this;
    }

    public TestPool repositories(PoolRepositories others) {
        repositories = others;
        return this;
    }

    /** @param quorate null = the server does not say */
    TestPool cluster(@Nullable Boolean quorate, ClusterSnapshot.Member... members) {
        cluster = new ClusterSnapshot(List.of(members), quorate);
        return this;
    }

    TestPool vswitchController(String address) {
        vswitchController = address;
        return this;
    }

    /** Another update, which some hosts have. */
    TestPool installed(String name, int... indexes) {
        Set<HostUuid> on = new HashSet<>();
        for (int index : indexes) {
            on.add(host(index));
        }
        earlier.add(new UpdateInfo(
                new UpdateUuid(new UUID(0, 550 + earlier.size())), name, "", "1.0", Set.of(), 1 << 20, on, true));
        return this;
    }

    public TestPool busyWith(String operation) {
        operations.put("OpaqueRef:task", operation);
        return this;
    }

    public PoolSnapshot snapshot() {
        return new PoolSnapshot(
                POOL,
                "lab",
                channel,
                host(0),
                livePatching,
                new HaSettings(ha, heartbeat, Map.of(), "", 0),
                wlb,
                otherConfig,
                operations,
                hosts,
                vms,
                srs,
                updates(),
                repositories,
                cluster,
                vswitchController);
    }

    private List<UpdateInfo> updates() {
        List<UpdateInfo> updates = new ArrayList<>(earlier);
        updates.add(new UpdateInfo(UPDATE, "XS82E001", "", "1.0", guidance, 1 << 20, appliedOn, uploaded));
        return updates;
    }

    private static HostSnapshot healthy(int index) {
        return new HostSnapshot(
                host(index),
                "host-" + index,
                "127.0.0." + (index + 1),
                true,
                true,
                NOW,
                NOW,
                Map.of(),
                Map.of("restrict_live_patching", "false"),
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(new StorageConnection(new PbdUuid(new UUID(0, 400 + index)), SHARED.uuid(), true)),
                1L << 36,
                1L << 35,
                Map.of(),
                HostSoftware.UNKNOWN,
                RetiredSettings.NONE);
    }

    public static UnaryOperator<HostSnapshot> live(boolean live) {
        return TestHost.that(host -> host.live(live));
    }

    /** @param total bytes; 0 = the server does not say */
    public static UnaryOperator<HostSnapshot> memory(long total, long free) {
        return TestHost.that(host -> host.memory(total, free));
    }

    public static UnaryOperator<HostSnapshot> version(String key, String value) {
        return software(Map.of(key, value));
    }

    public static UnaryOperator<HostSnapshot> enabled(boolean enabled) {
        return TestHost.that(host -> host.enabled(enabled));
    }

    public static UnaryOperator<HostSnapshot> hostConfig(Map<String, String> config) {
        return TestHost.that(host -> host.otherConfig(config));
    }

    public static UnaryOperator<HostSnapshot> rebootOwedTo(UpdateUuid update) {
        return TestHost.that(host -> host.owesAReboot(update));
    }

    /** By the host's clock; its toolstack runs since {@link #NOW}. */
    public static UnaryOperator<HostSnapshot> applied(UpdateUuid update, Instant at) {
        return TestHost.that(host -> host.hasSince(update, at));
    }

    /** An old server that does not tell since when its toolstack runs. */
    public static UnaryOperator<HostSnapshot> toolstackStartUnknown() {
        return TestHost.that(host -> host.toolstackStartedAt(null));
    }

    /** @param bytes free for guests */
    public static UnaryOperator<HostSnapshot> memoryFree(long bytes) {
        return TestHost.that(host -> host.memoryFree(bytes));
    }

    /** What it says of updates from repositories. */
    public static UnaryOperator<HostSnapshot> software(HostSoftware software) {
        return TestHost.that(host -> host.software(software));
    }

    /** Platform and toolstack that all hosts run, or this one. */
    static UnaryOperator<HostSnapshot> runs(String platform, String xapi) {
        return software(Map.of("platform_version", platform, "xapi_build", xapi));
    }

    /** What {@code software_version} says. */
    static UnaryOperator<HostSnapshot> software(Map<String, String> version) {
        return TestHost.that(host -> host.runs(version));
    }

    static UnaryOperator<HostSnapshot> licence(String flag, String value) {
        return TestHost.that(host -> host.licence(Map.of(flag, value)));
    }

    static UnaryOperator<HostSnapshot> retired(boolean legacySsl, String powerOnMode) {
        return TestHost.that(host -> host.retired(new RetiredSettings(legacySsl, powerOnMode)));
    }

    public static UnaryOperator<HostSnapshot> storage(StorageConnection... connections) {
        return TestHost.that(host -> host.storage(connections));
    }

    public static UnaryOperator<HostSnapshot> doing(String operation) {
        return TestHost.that(host -> host.doing(operation));
    }
}
