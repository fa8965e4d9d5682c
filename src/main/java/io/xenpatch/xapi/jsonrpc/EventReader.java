package io.xenpatch.xapi.jsonrpc;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads one event. Its record is projected straight from the stream where its class is named before it, as servers do; the first
 * answer of a large pool has thousands.
 */
final class EventReader {
    private static final Map<String, RecordType<?>> MIRRORED =
            RecordType.MIRRORED.stream().collect(Collectors.toMap(RecordType::eventName, Function.identity()));

    private final JsonParser parser;
    private @Nullable RecordType<?> type;
    private String operation = "";
    private String ref = "";
    private @Nullable Object record;
    private @Nullable JsonNode early;

    EventReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Empty when the event is of a class that is not mirrored. The parser stands on its first token, and then on its last. */
    Optional<EventBatch.Event> read() {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            member(parser.currentName(), parser.nextToken());
        }
        return Optional.ofNullable(type)
                .map(known -> new EventBatch.Event(known, ref, "del".equals(operation) ? null : thin(record(known))));
    }

    private static @Nullable Object thin(@Nullable Object record) {
        return record instanceof Records.Mirrored mirrored ? mirrored.thin() : record;
    }

    private void member(String name, JsonToken token) {
        switch (name) {
            case "class" -> type = MIRRORED.get(parser.getString());
            case "operation" -> operation = parser.getString();
            case "ref" -> ref = parser.getString();
            case "snapshot" -> snapshot(token);
            default -> parser.skipChildren();
        }
    }

    private void snapshot(JsonToken token) {
        if (type == null) {
            early = parser.readValueAsTree();
        } else if (token == JsonToken.START_OBJECT) {
            record = JsonRpc.MAPPER.readValue(parser, type.type());
        } else {
            parser.skipChildren();
        }
    }

    private @Nullable Object record(RecordType<?> known) {
        return record == null && early != null && early.isObject()
                ? JsonRpc.MAPPER.treeToValue(early, known.type())
                : record;
    }
}
