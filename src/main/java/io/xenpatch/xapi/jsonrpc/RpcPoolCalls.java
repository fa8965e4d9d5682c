package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import java.util.List;
import java.util.Map;
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
    public void setLivePatchingDisabled(boolean disabled) {
        calls.perform("pool.set_live_patching_disabled", Named.pool(), disabled);
    }
}
