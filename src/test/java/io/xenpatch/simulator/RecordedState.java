package io.xenpatch.simulator;

import io.xenpatch.simulator.model.Datamodel;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.simulator.model.XapiClass;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was in the real server's database when a series of recordings began. */
final class RecordedState {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};
    private static final Pattern NAME = Pattern.compile("\\b([A-Za-z_]+)\\.get_all_records\\b");
    private static final Datamodel MODEL = Datamodel.of(Profile.XENSERVER_8);
    private static final Map<String, String> NAMES =
            MODEL.classes().stream().collect(Collectors.toMap(XapiClass::eventName, XapiClass::name));

    private final Map<String, Map<String, Map<String, Object>>> objects = new LinkedHashMap<>();

    private RecordedState() {}

    /** Everything that an event told of at the end of the series over JSON-RPC 2.0, and then what this series read first. */
    static Map<String, Map<String, Map<String, Object>>> of(String series) {
        var state = new RecordedState();
        state.events(Recording.read("jsonrpc2", "192-event-from-all"));
        state.objects.remove("task");
        state.events(Recording.read("jsonrpc2", "183-event-from-initial-host-pool"));
        Recording.all(series)
                .filter(recording -> recording.name().endsWith("-get-all-records"))
                .forEach(state::records);
        state.settle(series.contains("booting"));
        return state.objects;
    }

    /** The hosts as they were then: the snapshot is of the end of another series. */
    private void settle(boolean booting) {
        var guests = objects.getOrDefault("VM", Map.of());
        objects.getOrDefault("host", Map.of()).forEach((ref, host) -> {
            host.put(
                    "resident_VMs",
                    guests.entrySet().stream()
                            .filter(vm -> ref.equals(vm.getValue().get("resident_on")))
                            .map(Map.Entry::getKey)
                            .toList());
            if (booting) {
                host.put("current_operations", Map.of());
                host.put("enabled", false);
            }
        });
        if (booting) {
            objects.getOrDefault("pool", Map.of()).values().forEach(pool -> pool.put("current_operations", Map.of()));
        }
    }

    private static JsonNode result(Recording recording) {
        var bytes = recording.responseBody().getBytes(StandardCharsets.ISO_8859_1);
        return MAPPER.readTree(bytes).get("result");
    }

    private void events(Recording recording) {
        result(recording).get("events").forEach(event -> {
            var type = NAMES.get(event.get("class").stringValue());
            objects.computeIfAbsent(type, name -> new LinkedHashMap<>())
                    .put(event.get("ref").stringValue(), MAPPER.convertValue(event.get("snapshot"), RECORD));
        });
    }

    private void records(Recording recording) {
        var isXml = recording.responseBody().startsWith("<");
        var type = NAME.matcher(recording.requestBody());
        if (!type.find()) {
            throw new AssertionError(recording.requestBody());
        }
        var answer = isXml ? XmlTree.of(recording.responseBody()).get("Value") : result(recording);
        var records = new LinkedHashMap<String, Map<String, Object>>();
        answer.properties().forEach(entry -> {
            var record = MAPPER.convertValue(entry.getValue(), RECORD);
            if (isXml) {
                record.replaceAll((field, value) -> untyped(type.group(1), field, value));
            }
            records.put(entry.getKey(), record);
        });
        objects.put(type.group(1), records);
    }

    /** Takes the types of {@link XmlTree} off again. */
    private static Object untyped(String type, String field, Object value) {
        var wanted = MODEL.get(type).field(field);
        if (wanted == null || !(value instanceof String text)) {
            return value;
        }
        var plain = text.replaceFirst("^(boolean|double|dateTime\\.iso8601):", "");
        return switch (wanted.type()) {
            case "bool" -> plain.equals("1");
            case "int" -> Long.valueOf(plain);
            case "float" -> Double.valueOf(plain);
            default -> plain;
        };
    }
}
