package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

final class RpcPoolCalls implements PoolCalls {
    private final Calls calls;
    private final Certificates certificates;

    RpcPoolCalls(Calls calls, Certificates certificates) {
        this.calls = calls;
        this.certificates = certificates;
    }

    @Override
    public PoolSnapshot observe() {
        var deadline = calls.readDeadline();
        var records = new PoolRecords();
        CompletableFuture<PoolRecords> read = CompletableFuture.completedFuture(records);
        for (var type : RecordType.ALL) {
            read = read.thenCompose(before -> all(type, deadline, before));
        }
        var pool = calls.await(read.thenApply(all -> new Snapshots(all).pool()), deadline);
        calls.learnHosts(records.byRef(RecordType.HOST));
        calls.await(certificates.learnUnknown(pool.hosts(), deadline), deadline);
        return pool;
    }

    private <T> CompletableFuture<PoolRecords> all(RecordType<T> type, Deadline deadline, PoolRecords records) {
        return calls.readLater(deadline, type.name() + ".get_all_records", type.allRecords())
                .exceptionallyCompose(thrown -> isUnknownMessage(thrown)
                        ? CompletableFuture.completedFuture(Map.of())
                        : CompletableFuture.failedFuture(thrown))
                .thenApply(found -> records.putAll(type, found));
    }

    /** A version without the class. */
    private static boolean isUnknownMessage(Throwable thrown) {
        return WireFailure.ours(thrown)
                .filter(XapiFailure.Refused.class::isInstance)
                .map(XapiFailure.Refused.class::cast)
                .filter(refused -> "MESSAGE_METHOD_UNKNOWN".equals(refused.code()))
                .isPresent();
    }

    @Override
    public CompletableFuture<List<HostPin>> certificates() {
        return certificates
                .learnAll(calls.readDeadline())
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                        WireFailure.toXapi(calls.connection().sessions().endpoint(), thrown)));
    }

    @Override
    public Permissions permissions() {
        var session = calls.read("session.get_record", JsonRpc.as(Records.OwnSession.class), Call.OWN_SESSION);
        if (session.superuser()) {
            return Permissions.EVERYTHING;
        }
        if (session.permissions() == null) {
            throw new XapiFailure.AnswerLost("session.get_record tells no permissions");
        }
        return Permissions.of(session.permissions());
    }

    @Override
    public Map<HostUuid, Instant> certificatesEnd() {
        var deadline = calls.readDeadline();
        var type = new RecordType<>("Certificate", Records.Certificate.class);
        var recorded =
                calls.await(all(type, deadline, new PoolRecords()), deadline).all(type);
        var hosts = calls.read(deadline, "host.get_all_records", RecordType.HOST.allRecords());
        var ends = new HashMap<HostUuid, Instant>();
        for (var certificate : recorded) {
            var host = hosts.get(Snapshots.text(certificate.host()));
            var end = XapiTime.parse(certificate.notAfter());
            if (host != null && end != null && certificate.isSeenByOthers()) {
                ends.merge(HostUuid.of(host.uuid()), end, (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        ends.putAll(calls.await(certificates.ends(withoutRecord(hosts.values(), ends.keySet()), deadline), deadline));
        return ends;
    }

    /** Servers before XAPI's release stockholm keep no such records. */
    private static List<HostUuid> withoutRecord(Collection<Records.Host> hosts, Set<HostUuid> known) {
        return hosts.stream()
                .map(host -> HostUuid.of(host.uuid()))
                .filter(host -> !known.contains(host))
                .toList();
    }

    @Override
    public XapiTaskRef disableHa() {
        return calls.start("pool.disable_ha");
    }

    @Override
    public XapiTaskRef enableHa(Set<SrUuid> heartbeat, Map<String, String> configuration) {
        return calls.start("pool.enable_ha", heartbeat.stream().map(Named::of).toList(), configuration);
    }

    @Override
    public XapiTaskRef setFailuresToTolerate(long hosts) {
        return calls.start("pool.set_ha_host_failures_to_tolerate", Named.pool(), hosts);
    }

    @Override
    public void setWlbEnabled(boolean enabled) {
        calls.perform("pool.set_wlb_enabled", Named.pool(), enabled);
    }

    @Override
    public void setUpdateSyncEnabled(boolean enabled) {
        calls.perform("pool.set_update_sync_enabled", Named.pool(), enabled);
    }

    @Override
    public void setOtherConfig(String key, String value) {
        calls.perform("pool.remove_from_other_config", Named.pool(), key);
        calls.perform("pool.add_to_other_config", Named.pool(), key, value);
    }

    @Override
    public void setLivePatchingDisabled(boolean disabled) {
        calls.perform("pool.set_live_patching_disabled", Named.pool(), disabled);
    }
}
