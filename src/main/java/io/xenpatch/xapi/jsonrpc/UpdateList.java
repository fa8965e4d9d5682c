package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.RepositoryUpdates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * The answer of {@code GET /updates} (xapi.md §7.3), entry by entry: all of it at once may be much. Whatever is missing, or not what it
 * should be, is left out.
 */
final class UpdateList {
    private final Map<String, HostUuid> known;
    private final Map<HostUuid, HostUpdates> hosts = new HashMap<>();
    private final List<AvailableUpdate> updates = new ArrayList<>();
    private @Nullable String hash;

    private UpdateList(Map<String, HostUuid> known) {
        this.known = known;
    }

    /**
     * @param hosts the pool's, by their references; others are left out
     * @throws JsonRpc.NoAnswer when it is no list of updates
     */
    static RepositoryUpdates read(JsonParser parser, Map<String, HostUuid> hosts) {
        var list = new UpdateList(hosts);
        list.read(parser);
        if (list.hash == null) {
            throw new JsonRpc.NoAnswer("a list of updates without hash");
        }
        return new RepositoryUpdates(list.hash, list.hosts, list.updates);
    }

    private void read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonRpc.NoAnswer("no JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "hosts" -> each(parser, this::host);
                case "updates" ->
                    each(parser, entry -> UpdateEntry.update(entry).ifPresent(updates::add));
                case "hash" -> {
                    JsonNode value = parser.readValueAsTree();
                    hash = value.isString() ? value.stringValue() : null;
                }
                default -> parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonRpc.NoAnswer("incomplete");
        }
    }

    private static void each(JsonParser parser, Consumer<JsonNode> entries) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new JsonRpc.NoAnswer("incomplete");
            }
            entries.accept(parser.readValueAsTree());
        }
    }

    private void host(JsonNode entry) {
        Optional.ofNullable(known.get(UpdateEntry.text(entry, "ref")))
                .ifPresent(host -> hosts.put(host, UpdateEntry.host(entry)));
    }
}
