package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.jsonrpc.Records.Host;
import io.xenpatch.xapi.jsonrpc.Records.HostMetrics;
import io.xenpatch.xapi.jsonrpc.Records.HostPatch;
import io.xenpatch.xapi.jsonrpc.Records.Pool;
import io.xenpatch.xapi.jsonrpc.Records.PoolPatch;
import io.xenpatch.xapi.jsonrpc.Records.PoolUpdate;
import io.xenpatch.xapi.jsonrpc.Records.Repository;
import io.xenpatch.xapi.jsonrpc.Records.Vm;
import io.xenpatch.xapi.jsonrpc.Records.VmMetrics;
import io.xenpatch.xapi.jsonrpc.StorageRecords.Cluster;
import io.xenpatch.xapi.jsonrpc.StorageRecords.ClusterHost;
import io.xenpatch.xapi.jsonrpc.StorageRecords.Pbd;
import io.xenpatch.xapi.jsonrpc.StorageRecords.Sr;
import io.xenpatch.xapi.jsonrpc.StorageRecords.Vbd;
import io.xenpatch.xapi.jsonrpc.StorageRecords.Vdi;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A XAPI class of which a pool's snapshot is made. */
record RecordType<T>(String name, Class<T> type) {
    static final RecordType<Pool> POOL = new RecordType<>("pool", Pool.class);
    static final RecordType<Host> HOST = new RecordType<>("host", Host.class);
    static final RecordType<HostMetrics> HOST_METRICS = new RecordType<>("host_metrics", HostMetrics.class);
    static final RecordType<Vm> VM = new RecordType<>("VM", Vm.class);
    static final RecordType<VmMetrics> VM_METRICS = new RecordType<>("VM_metrics", VmMetrics.class);
    static final RecordType<Vbd> VBD = new RecordType<>("VBD", Vbd.class);
    static final RecordType<Vdi> VDI = new RecordType<>("VDI", Vdi.class);
    static final RecordType<Sr> SR = new RecordType<>("SR", Sr.class);
    static final RecordType<Pbd> PBD = new RecordType<>("PBD", Pbd.class);
    static final RecordType<Cluster> CLUSTER = new RecordType<>("Cluster", Cluster.class);
    static final RecordType<ClusterHost> CLUSTER_HOST = new RecordType<>("Cluster_host", ClusterHost.class);
    static final RecordType<PoolUpdate> POOL_UPDATE = new RecordType<>("pool_update", PoolUpdate.class);
    static final RecordType<PoolPatch> POOL_PATCH = new RecordType<>("pool_patch", PoolPatch.class);
    static final RecordType<HostPatch> HOST_PATCH = new RecordType<>("host_patch", HostPatch.class);

    /** The one class whose name the server wants with a capital letter (real-xapi.md, finding 14). */
    static final RecordType<Repository> REPOSITORY = new RecordType<>("Repository", Repository.class);

    /** All of them, those first that others point at. */
    static final List<RecordType<?>> ALL = List.of(
            POOL,
            REPOSITORY,
            HOST,
            HOST_METRICS,
            SR,
            PBD,
            VDI,
            VM,
            VM_METRICS,
            VBD,
            POOL_UPDATE,
            POOL_PATCH,
            HOST_PATCH,
            CLUSTER,
            CLUSTER_HOST);

    private static final Set<RecordType<?>> NOT_MIRRORED = Set.of(SR, PBD, VBD, REPOSITORY, CLUSTER, CLUSTER_HOST);

    /**
     * Those that a mirror follows: all but storage repositories, their connections, the guests' drives and clusters, which the inventory
     * does not show: they would be more than a third of all that a pool has to say. And but the repositories of updates, which old
     * servers don't know: they are read when the pool says that something is new about them.
     */
    static final List<RecordType<?>> MIRRORED =
            ALL.stream().filter(type -> !NOT_MIRRORED.contains(type)).toList();

    /** Those of which a mirror needs no more than which there are: images, to know whether an update's still is. */
    static final Set<RecordType<?>> COUNTED = Set.of(VDI);

    /** The name in events. */
    String eventName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Reads reference → record, keeping only what {@link Records} names. */
    JsonRpc.Result<Map<String, T>> allRecords() {
        var map = JsonRpc.MAPPER.getTypeFactory().constructMapType(java.util.LinkedHashMap.class, String.class, type);
        return parser -> JsonRpc.MAPPER.readValue(parser, map);
    }
}
