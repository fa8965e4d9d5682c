package io.xenpatch.xapi.jsonrpc;

import static io.xenpatch.xapi.jsonrpc.Snapshots.map;
import static io.xenpatch.xapi.jsonrpc.Snapshots.text;

import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The storage repositories among a pool's records. */
final class StorageSnapshots {
    private final PoolRecords records;

    StorageSnapshots(PoolRecords records) {
        this.records = records;
    }

    List<SrSnapshot> all() {
        var repositories = records.byRef(RecordType.SR);
        if (repositories.isEmpty()) {
            return List.of();
        }
        var ofDisks = operationsOfDisks();
        return repositories.entrySet().stream()
                .map(entry -> sr(entry.getValue(), ofDisks.getOrDefault(entry.getKey(), Set.of())))
                .toList();
    }

    private Map<String, Set<String>> operationsOfDisks() {
        var bySr = new HashMap<String, Set<String>>();
        for (var disk : records.all(RecordType.VDI)) {
            var operations = map(disk.currentOperations());
            if (!operations.isEmpty()) {
                bySr.computeIfAbsent(text(disk.sr()), sr -> new HashSet<>()).addAll(operations.values());
            }
        }
        return bySr;
    }

    private static SrSnapshot sr(StorageRecords.Sr sr, Set<String> ofDisks) {
        var tools = sr.tools() || "true".equals(map(sr.otherConfig()).get("xenserver_tools_sr"));
        var operations = new HashSet<>(ofDisks);
        operations.addAll(map(sr.currentOperations()).values());
        return new SrSnapshot(
                SrUuid.of(sr.uuid()),
                text(sr.name()),
                text(sr.type()),
                text(sr.contentType()),
                sr.shared(),
                tools,
                operations);
    }
}
