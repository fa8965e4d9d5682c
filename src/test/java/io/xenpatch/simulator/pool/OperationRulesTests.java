package io.xenpatch.simulator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every state for which XAPI's own functions were asked (oracle-allowed-operations.json). */
class OperationRulesTests {
    private static final Path ORACLE = Path.of("src/test/resources/oracle-allowed-operations.json");
    private static final String TASK = "OpaqueRef:task";

    static Stream<Arguments> hosts() {
        return rows("host_operations", "enabled", "live");
    }

    static Stream<Arguments> pools() {
        return rows("pool_operations", "ha_enabled", "rolling_upgrade_in_progress");
    }

    private static Stream<Arguments> rows(String table, String first, String second) {
        var rows = JsonMapper.builder().build().readTree(ORACLE.toFile()).get(table);
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> Arguments.of(
                        first + "=" + row.get(first) + ", " + second + "=" + row.get(second) + ", running "
                                + row.get("current_operation"),
                        row));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void allowsAndRefusesOnAHostWhatXapiDoes(String name, JsonNode row) {
        var host = new OperationRules.HostState(
                "OpaqueRef:host",
                row.get("enabled").asBoolean(),
                row.get("live").asBoolean(),
                "",
                running(row));

        compare(row, OperationRules.HOST, OperationRules.refusedOn(host));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pools")
    void allowsAndRefusesOnAPoolWhatXapiDoes(String name, JsonNode row) {
        var pool = new OperationRules.PoolState(
                "OpaqueRef:pool",
                row.get("ha_enabled").asBoolean(),
                row.get("rolling_upgrade_in_progress").asBoolean(),
                running(row));

        compare(row, OperationRules.POOL, OperationRules.refusedOn(pool));
    }

    private static Map<String, String> running(JsonNode row) {
        var operation = row.get("current_operation");
        return operation.isNull() ? Map.of() : Map.of(TASK, operation.stringValue());
    }

    private static void compare(JsonNode row, List<String> all, Map<String, List<String>> refused) {
        var expected = new LinkedHashMap<String, List<String>>();
        row.get("errors").properties().forEach(entry -> expected.put(entry.getKey(), words(entry.getValue())));

        assertThat(refused).isEqualTo(expected);
        assertThat(OperationRules.allowed(all, refused)).containsExactlyInAnyOrderElementsOf(words(row.get("allowed")));
    }

    private static List<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }
}
