package io.xenpatch.xapi.jsonrpc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** The answer of {@code event.from}, its records projected one by one. */
record EventBatch(List<Event> events, Map<String, Integer> validRefCounts, String token) {

    /** @throws JsonRpc.NoAnswer when it is none */
    static EventBatch read(JsonParser parser) {
        var events = new ArrayList<Event>();
        var counts = new LinkedHashMap<String, Integer>();
        var token = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "events" -> readEvents(parser, events);
                case "valid_ref_counts" -> {
                    JsonNode tree = parser.readValueAsTree();
                    tree.properties()
                            .forEach(entry ->
                                    counts.put(entry.getKey(), entry.getValue().asInt(0)));
                }
                case "token" -> token = parser.getString();
                default -> parser.skipChildren();
            }
        }
        if (token.isEmpty()) {
            throw new JsonRpc.NoAnswer("event.from without token");
        }
        return new EventBatch(events, counts, token);
    }

    private static void readEvents(JsonParser parser, List<Event> events) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            new EventReader(parser).read().ifPresent(events::add);
        }
    }

    /** @param record what is left of it, null when the object is gone */
    record Event(RecordType<?> type, String ref, @Nullable Object record) {

        /** @return whether anything that matters changed */
        boolean applyTo(PoolRecords records) {
            return record == null ? records.remove(type, ref) : records.put(type, ref, record);
        }
    }
}
