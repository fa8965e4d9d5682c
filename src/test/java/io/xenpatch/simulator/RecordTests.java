package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records have the fields and types of the product, no more and no less. */
class RecordTests extends SimulatorTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "VM, 029-vm-get-all-records",
        "VM_guest_metrics, 031-vm_guest_metrics-get-all-records",
        "network, 038-network-get-all-records",
        "PIF, 039-pif-get-all-records",
        "task, 040-task-get-all-records"
    })
    void hasFieldsAndTypesOfRecordedRecord(String className, String recording) {
        start(Scenario.pool("records").hosts(2).vmsEach(1));
        client().call("task.create", "label", "description");

        var recorded = MAPPER.readTree(Recording.read("jsonrpc2", recording).responseBody());

        assertSameKinds(first(client().call(className + ".get_all_records")), first(recorded.get("result")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "pool"})
    void hasFieldsAndTypesOfRecordedSnapshot(String className) {
        start(Scenario.pool("records").hosts(2));
        var body =
                Recording.read("jsonrpc2", "183-event-from-initial-host-pool").responseBody();
        var snapshot = MAPPER.readTree(body)
                .at("/result/events")
                .valueStream()
                .filter(event -> event.get("class").stringValue().equals(className))
                .findFirst()
                .orElseThrow()
                .get("snapshot");

        assertSameKinds(first(client().call(className + ".get_all_records")), snapshot);
    }

    private static JsonNode first(JsonNode records) {
        return records.values().iterator().next();
    }

    private static void assertSameKinds(JsonNode ours, JsonNode recorded) {
        assertThat(ours.size()).isGreaterThan(4);
        ours.properties().forEach(field -> {
            assertThat(recorded.has(field.getKey())).as(field.getKey()).isTrue();
            assertThat(field.getValue().getNodeType())
                    .as(field.getKey())
                    .isEqualTo(recorded.get(field.getKey()).getNodeType());
            assertThat(field.getValue().isIntegralNumber())
                    .as(field.getKey())
                    .isEqualTo(recorded.get(field.getKey()).isIntegralNumber());
        });
    }

    @Test
    void lacksWhatOldServerLacks() {
        start(Scenario.pool("records"));
        var host = client().call("host.get_record", client().host(0));
        var pool = first(client().call("pool.get_all_records"));

        assertThat(host.has("pending_guidances")).isFalse();
        assertThat(host.has("last_software_update")).isFalse();
        assertThat(pool.has("repositories")).isFalse();
        assertThat(pool.has("live_patching_disabled")).isTrue();
        assertThat(client().failure("Repository.get_all_records"))
                .containsExactly("MESSAGE_METHOD_UNKNOWN", "Repository.get_all_records");
        assertThat(client().failure("host.evacuate", client().host(0), "OpaqueRef:NULL"))
                .containsExactly("MESSAGE_PARAMETER_COUNT_MISMATCH", "host.evacuate", "1", "2");
    }

    @Test
    void saysWhichProductItIs() {
        start(Scenario.pool("records"));

        assertThat(client().map("host.get_software_version", client().host(0)))
                .containsEntry("product_brand", "Citrix Hypervisor")
                .containsEntry("product_version", "8.2.1")
                .containsEntry("platform_version", "3.2.1")
                .containsEntry("xapi", "1.249");
        assertThat(client().map("host.get_license_params", client().host(0)))
                .containsEntry("restrict_live_patching", "false");
    }

    @Test
    void setsAddsAndRemoves() {
        start(Scenario.pool("records"));
        var pool = client().call("pool.get_all").get(0).stringValue();

        client().call("pool.set_live_patching_disabled", pool, true);
        client().call("pool.add_to_other_config", pool, "marker", "here");
        client().call("pool.add_tags", pool, "blue");

        assertThat(client().call("pool.get_live_patching_disabled", pool).booleanValue())
                .isTrue();
        assertThat(client().call("pool.get_tags", pool).get(0).stringValue()).isEqualTo("blue");
        assertThat(client().failure("pool.add_to_other_config", pool, "marker", "again"))
                .containsExactly("MAP_DUPLICATE_KEY", "pool", "other_config", pool, "marker");
        client().call("pool.remove_from_other_config", pool, "marker");
        assertThat(client().map("pool.get_other_config", pool)).isEmpty();
        assertThat(actions())
                .containsExactly(
                        JournalAction.LIVE_PATCHING_CHANGED,
                        JournalAction.OTHER_CONFIG_CHANGED,
                        JournalAction.OTHER_CONFIG_CHANGED);
    }

    @Test
    void refusesToSetWhatIsReadOnly() {
        start(Scenario.pool("records"));

        assertThat(client().failure("host.set_enabled", client().host(0), false))
                .containsExactly("MESSAGE_METHOD_UNKNOWN", "host.set_enabled");
    }

    @Test
    void answersQueries() {
        start(Scenario.pool("records").vmsEach(2));

        var domains = "field \"is_control_domain\" = \"true\" and not field \"power_state\" = \"Halted\"";
        assertThat(client().call("VM.get_all_records_where", domains).size()).isEqualTo(1);
        assertThat(client().call("VM.get_all_where", "true").size()).isEqualTo(3);
    }

    @Test
    void keepsRelationsOnBothSides() {
        start(Scenario.pool("records").hosts(2).vmsEach(2));
        var vm = client().named("VM", "vm-1-1");

        runWell(java.time.Duration.ofSeconds(20), "VM.pool_migrate", vm, client().host(1), java.util.Map.of());

        assertThat(refs(client().host(1))).contains(vm);
        assertThat(refs(client().host(0))).doesNotContain(vm);
    }

    private Stream<String> residents(String host) {
        return client().call("host.get_resident_VMs", host).valueStream().map(JsonNode::stringValue);
    }

    private java.util.List<String> refs(String host) {
        return residents(host).toList();
    }

    @Test
    void wholeNumbersOfASetAreTextInXmlRpc() {
        start(Scenario.pool("records"));
        var call =
                "<methodCall><methodName>host.get_virtual_hardware_platform_versions</methodName><params><param><value>"
                        + client().session() + "</value></param><param><value>"
                        + client().host(0) + "</value></param></params></methodCall>";

        assertThat(client().send("/", call).body())
                .contains("<name>Value</name><value><array><data><value>0</value></data></array></value>");
        assertThat(client().call("host.get_virtual_hardware_platform_versions", client().host(0))
                        .toString())
                .isEqualTo("[0]");
    }
}
