package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.ClusterSnapshot;
import io.xenpatch.xen.HostUuid;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster among a pool's records: a pool has one at most. */
final class ClusterSnapshots {
    private final PoolRecords records;

    ClusterSnapshots(PoolRecords records) {
        this.records = records;
    }

    ClusterSnapshot cluster() {
        var members = records.all(RecordType.CLUSTER_HOST).stream()
                .flatMap(this::member)
                .toList();
        return new ClusterSnapshot(members, quorate());
    }

    private @Nullable Boolean quorate() {
        return records.all(RecordType.CLUSTER).stream()
                .filter(cluster -> cluster.quorum() > 0)
                .findFirst()
                .map(StorageRecords.Cluster::quorate)
                .orElse(null);
    }

    private Stream<ClusterSnapshot.Member> member(StorageRecords.ClusterHost member) {
        return records.find(RecordType.HOST, member.host()).stream()
                .map(host -> new ClusterSnapshot.Member(
                        HostUuid.of(host.uuid()),
                        member.enabled(),
                        XapiTime.parse(member.lastLive()) == null ? null : member.live()));
    }
}
