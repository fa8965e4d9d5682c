package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.xenpatch.xapi.SrCalls;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.SrSpace;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class RpcSrCalls implements SrCalls {
    private static final RecordType<Sr> SR = new RecordType<>("SR", Sr.class);
    private static final RecordType<Pool> POOL = new RecordType<>("pool", Pool.class);

    private final Calls calls;

    RpcSrCalls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public StorageSnapshot observe() {
        var deadline = calls.readDeadline();
        var pool = all(POOL, deadline).values().iterator().next();
        var hosts = all(RecordType.HOST, deadline);
        var connections = all(RecordType.PBD, deadline).values();
        var repositories = all(SR, deadline);
        var coordinator = Optional.ofNullable(hosts.get(pool.master()))
                .orElseThrow(() -> new XapiFailure.AnswerLost("the pool's records don't fit together: no coordinator"));
        return new StorageSnapshot(
                HostUuid.of(coordinator.uuid()),
                Optional.ofNullable(repositories.get(Snapshots.text(pool.defaultSr())))
                        .map(sr -> SrUuid.of(sr.uuid()))
                        .orElse(null),
                repositories.entrySet().stream()
                        .map(sr -> sr.getValue().space(attachedOn(sr.getKey(), connections, hosts)))
                        .toList());
    }

    private <T> Map<String, T> all(RecordType<T> type, Deadline deadline) {
        return calls.read(deadline, type.name() + ".get_all_records", type.allRecords());
    }

    private static Set<HostUuid> attachedOn(
            String sr, Collection<StorageRecords.Pbd> connections, Map<String, Records.Host> hosts) {
        return connections.stream()
                .filter(pbd -> sr.equals(pbd.sr()) && pbd.attached())
                .map(pbd -> hosts.get(Snapshots.text(pbd.host())))
                .filter(Objects::nonNull)
                .map(host -> HostUuid.of(host.uuid()))
                .collect(Collectors.toUnmodifiableSet());
    }

    record Pool(
            String master,
            @JsonProperty("default_SR") @Nullable String defaultSr) {}

    record Sr(
            String uuid,
            @JsonProperty("name_label") @Nullable String name,
            @JsonProperty("content_type") @Nullable String contentType,
            boolean shared,
            @JsonProperty("physical_size") long size,
            @JsonProperty("physical_utilisation") long used,
            @JsonProperty("allowed_operations") @Nullable List<String> allowedOperations) {

        SrSpace space(Set<HostUuid> attachedOn) {
            var takesImages = !"iso".equals(contentType)
                    && Snapshots.list(allowedOperations).contains("vdi_create");
            return new SrSpace(SrUuid.of(uuid), Snapshots.text(name), shared, takesImages, size - used, attachedOn);
        }
    }
}
