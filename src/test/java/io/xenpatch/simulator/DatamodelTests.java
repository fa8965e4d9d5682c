package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.model.Profile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the pool understands is what XAPI's own data model says (xapi-messages.json: every message of every class, and
 * every field with a member that it can have, if it is a set or a map). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatamodelTests {
    private static final Path MESSAGES = Path.of("src/test/resources/xapi-messages.json");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> QUESTIONS = List.of(
            "get_all", "get_all_records", "get_all_records_where", "get_record", "get_by_uuid", "get_by_name_label");
    private static final List<String> ACCESSORS = List.of("get_", "set_", "add_to_", "remove_from_", "add_", "remove_");

    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("model")
                    .profile(Profile.XENSERVER_8)
                    .hosts(2)
                    .vmsEach(1)
                    .update("LIVE")),
            SimulatorSettings.manual(new ManualClock(Instant.parse("2026-11-23T01:00:00Z")))
                    .overPlainHttp());
    private final SimulatedClient client = SimulatedClient.of(simulator.pools().get(0));

    @AfterAll
    void close() {
        simulator.close();
    }

    static Stream<JsonNode> classes() {
        return StreamSupport.stream(MAPPER.readTree(MESSAGES.toFile()).spliterator(), false);
    }

    static Stream<String> names() {
        return classes().map(type -> type.get("class").stringValue());
    }

    private static JsonNode named(String name) {
        return classes()
                .filter(type -> type.get("class").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void understandsTheMessagesOfTheDataModelAndNoOthers(String name) {
        var type = named(name);
        var exist = messages(type);

        var wrong = new ArrayList<String>();
        for (var message : candidates(type, exist)) {
            var answer = client.raw(name + "." + message).at("/error/message").stringValue();
            var isKnown = !answer.equals("MESSAGE_METHOD_UNKNOWN");
            if (isKnown != exist.contains(message)) {
                wrong.add(message + ": " + answer);
            }
            if (isKnown) {
                assertThat(answer).as(name + "." + message).isEqualTo("MESSAGE_PARAMETER_COUNT_MISMATCH");
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Everything that exists and needs a session or a parameter, and every accessor that could exist. */
    private static Set<String> candidates(JsonNode type, Set<String> exist) {
        var all = new LinkedHashSet<>(exist);
        all.addAll(QUESTIONS);
        type.get("fields").propertyNames().forEach(field -> ACCESSORS.forEach(accessor -> all.add(accessor + field)));
        return all;
    }

    private static Set<String> messages(JsonNode type) {
        var all = new LinkedHashSet<String>();
        type.get("messages").forEach(message -> all.add(message.stringValue()));
        return all;
    }

    @Test
    void listsAllItsMethodsToAnybody() {
        var expected = classes()
                .flatMap(type ->
                        messages(type).stream().map(message -> type.get("class").stringValue() + "." + message))
                .toList();

        var listed = new ArrayList<String>();
        client.raw("system.listMethods").get("result").forEach(name -> listed.add(name.stringValue()));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsARecordAsItsGettersDo(String name) {
        var type = named(name);
        if (!messages(type).contains("get_all_records")) {
            assertThat(client.failure(name + ".get_all_records")).startsWith("MESSAGE_METHOD_UNKNOWN");
            return;
        }
        var records = client.call(name + ".get_all_records");
        assertThat(records.size()).isEqualTo(client.call(name + ".get_all").size());
        for (var entry : records.properties()) {
            var record = entry.getValue();
            assertThat(client.call(name + ".get_record", entry.getKey())).isEqualTo(record);
            var fields = type.get("fields").propertyNames();
            assertThat(record.propertyNames()).containsExactlyInAnyOrderElementsOf(fields);
            for (var field : fields) {
                if (messages(type).contains("get_" + field)) {
                    assertThat(client.call(name + ".get_" + field, entry.getKey()))
                            .as(name + "." + field)
                            .isEqualTo(record.get(field));
                }
            }
            assertThat(client.text(name + ".get_by_uuid", record.get("uuid").stringValue()))
                    .isEqualTo(entry.getKey());
            if (messages(type).contains("get_by_name_label")) {
                assertThat(client.call(
                                        name + ".get_by_name_label",
                                        record.get("name_label").stringValue())
                                .toString())
                        .contains(entry.getKey());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void writesEveryFieldThatTheDataModelLetsAClientWrite(String name) {
        var type = named(name);
        if (!messages(type).contains("get_all_records")) {
            return;
        }
        for (var entry : client.call(name + ".get_all_records").properties()) {
            type.get("fields").properties().forEach(field -> write(type, entry.getKey(), field, entry.getValue()));
        }
    }

    private void write(JsonNode type, String ref, Map.Entry<String, JsonNode> about, JsonNode record) {
        var field = about.getKey();
        var member = plain(about.getValue());
        var set = type.get("class").stringValue() + ".set_" + field;
        var get = type.get("class").stringValue() + ".get_" + field;
        if (messages(type).contains("add_to_" + field)) {
            client.call(set.replace(".set_", ".add_to_"), ref, member, "a value");
            assertThat(client.failure(set.replace(".set_", ".add_to_"), ref, member, "another"))
                    .startsWith("MAP_DUPLICATE_KEY");
            assertThat(client.call(get, ref).get(member.toString()).stringValue())
                    .isEqualTo("a value");
            client.call(set.replace(".set_", ".remove_from_"), ref, member);
            assertThat(client.call(get, ref)).isEqualTo(record.get(field));
        } else if (messages(type).contains("add_" + field)) {
            client.call(set.replace(".set_", ".add_"), ref, member);
            assertThat(client.call(get, ref).toString()).contains(member.toString());
            client.call(set.replace(".set_", ".remove_"), ref, member);
            assertThat(client.call(get, ref)).isEqualTo(record.get(field));
        }
    }

    private static Object plain(JsonNode sample) {
        return sample.isNumber() ? (Object) sample.longValue() : sample.asString();
    }

    @Test
    void namesTheMethodAndTheCountsWhenParametersDoNotFit() {
        assertThat(client.failure("host.get_record"))
                .containsExactly("MESSAGE_PARAMETER_COUNT_MISMATCH", "host.get_record", "1", "0");
        assertThat(client.failure("host.get_record", client.host(0), "more"))
                .containsExactly("MESSAGE_PARAMETER_COUNT_MISMATCH", "host.get_record", "1", "2");
        assertThat(client.failure("host.get_record", "OpaqueRef:none"))
                .containsExactly("HANDLE_INVALID", "host", "OpaqueRef:none");
        assertThat(client.failure("VM.set_actions_after_crash", client.host(0), "explode"))
                .startsWith("INTERNAL_ERROR");
    }
}
