package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Guests, from the records of a pool. */
class GuestSnapshotsTests {
    private static final String RUNNING = """
            {"uuid":"00000000-0000-0000-0000-000000000001","name_label":"db","power_state":"Running",
             "resident_on":"OpaqueRef:h","is_control_domain":false,"is_a_template":false,"is_a_snapshot":false,
             "memory_static_max":1,"memory_overhead":1,"current_operations":{"OpaqueRef:t1":"snapshot"}}""";
    private static final String SNAPSHOT = """
            {"uuid":"00000000-0000-0000-0000-000000000002","name_label":"backup","power_state":"Halted",
             "is_control_domain":false,"is_a_template":true,"is_a_snapshot":true,
             "memory_static_max":1,"memory_overhead":1,"snapshot_of":"OpaqueRef:guest",
             "current_operations":{"OpaqueRef:t2":"export"}}""";

    private static Records.Vm vm(String json) {
        return JsonMapper.shared().readValue(json, Records.Vm.class);
    }

    /** A restart of the host would end the backup. */
    @Test
    void whatGoesOnInASnapshotGoesOnInItsGuest() {
        var records = new PoolRecords()
                .putAll(RecordType.VM, Map.of("OpaqueRef:guest", vm(RUNNING), "OpaqueRef:snapshot", vm(SNAPSHOT)));

        assertThat(new GuestSnapshots(records).all())
                .singleElement()
                .satisfies(guest -> assertThat(guest.currentOperations())
                        .isEqualTo(Map.of("OpaqueRef:t1", "snapshot", "OpaqueRef:t2", "export")));
    }

    @Test
    void snapshotsOfOthersAreNoMatter() {
        var other = vm(SNAPSHOT.replace("OpaqueRef:guest", "OpaqueRef:gone"));
        var records =
                new PoolRecords().putAll(RecordType.VM, Map.of("OpaqueRef:guest", vm(RUNNING), "OpaqueRef:s", other));

        assertThat(new GuestSnapshots(records).all())
                .singleElement()
                .satisfies(guest -> assertThat(guest.currentOperations()).containsOnlyKeys("OpaqueRef:t1"));
    }
}
