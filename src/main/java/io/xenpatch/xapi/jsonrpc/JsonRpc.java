package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.XapiFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC as XAPI speaks it (xapi.md §1.2). */
final class JsonRpc {
    /** Records are projected while they are read: unknown fields are skipped, absent ones stay null, false or 0. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final AtomicLong IDS = new AtomicLong();

    private JsonRpc() {}

    static byte[] request(String method, List<?> params) {
        var body = new LinkedHashMap<String, Object>();
        body.put("jsonrpc", "2.0");
        body.put("method", method);
        body.put("params", params);
        body.put("id", IDS.incrementAndGet());
        return MAPPER.writeValueAsBytes(body);
    }

    /**
     * Reads an answer. The id is not looked at: an answer from before the dispatch has 0 whatever was asked.
     *
     * @throws XapiFailure.Refused when it is an error, in any of its three shapes
     * @throws JacksonException when it is no answer
     */
    static <T> T read(byte[] body, Result<T> result) {
        try (var parser = MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NoAnswer("no JSON object");
            }
            var found = members(parser, result);
            if (found == null) {
                throw new NoAnswer("neither result nor error");
            }
            return found;
        }
    }

    private static <T> @Nullable T members(JsonParser parser, Result<T> result) {
        T found = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            if ("result".equals(name)) {
                found = result.read(parser);
            } else if ("error".equals(name)) {
                throw refused(parser.readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new NoAnswer("incomplete");
        }
        return found;
    }

    private static XapiFailure.Refused refused(JsonNode error) {
        var words = new ArrayList<String>();
        if (error.isObject()) {
            words.add(error.path("message").asString(""));
            error.path("data").forEach(each -> words.add(each.asString("")));
        } else {
            error.forEach(each -> words.add(each.asString("")));
        }
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new NoAnswer("an error without code");
        }
        return new XapiFailure.Refused(words.get(0), words.subList(1, words.size()));
    }

    /** A reader of the type's own shape; the parser stands on its first token. */
    static <T> Result<T> as(Class<T> type) {
        return parser -> MAPPER.readValue(parser, type);
    }

    /** Reads what an answer holds. */
    @FunctionalInterface
    interface Result<T> {
        T read(JsonParser parser);
    }

    /** JSON, but no JSON-RPC. */
    static final class NoAnswer extends JacksonException {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }
    }
}
