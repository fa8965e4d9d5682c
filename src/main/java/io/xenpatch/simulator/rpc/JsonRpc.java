package io.xenpatch.simulator.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 and 1.0 as XAPI reads and writes them. */
public final class JsonRpc {
    private static final Pattern GARBLED = Pattern.compile("\"([^\"\\\\]*[\\x80-\\xff][^\"\\\\]*)\"");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonRpc() {}

    /** Reads a request. @throws MalformedRequest when it is none, in the server's words */
    public static Request read(byte[] body) throws MalformedRequest {
        var text = decode(body);
        if (text.isEmpty()) {
            return new Request(true, 0L, Optional.empty(), garbled(body));
        }
        var node = parse(text.get());
        if (!node.isObject()) {
            throw MalformedRequest.of("Invalid request body");
        }
        var isV2 = version(node);
        var method = node.get("method");
        if (method == null || !method.isString()) {
            throw MalformedRequest.of("Required field method is missing");
        }
        var params = params(node, isV2);
        return new Request(isV2, id(node), Optional.of(new RpcCall(method.stringValue(), params)), "");
    }

    /** The first string that is no UTF-8, a character a byte. */
    private static String garbled(byte[] body) {
        var matcher = GARBLED.matcher(new String(body, StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Optional<String> decode(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static JsonNode parse(String text) throws MalformedRequest {
        if (text.isBlank()) {
            throw new MalformedRequest("Yojson__Common.Json_error(\"Blank input data\")");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            var column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new MalformedRequest("Yojson__Common.Json_error(\"Line 1, bytes " + column + "-" + text.length()
                    + ":\\nInvalid token\")");
        }
    }

    private static boolean version(JsonNode node) throws MalformedRequest {
        var version = node.get("jsonrpc");
        if (version == null) {
            return false;
        }
        if (!version.isString() || !"2.0".equals(version.stringValue())) {
            throw MalformedRequest.of("Invalid field 'jsonrpc' in request body");
        }
        return true;
    }

    private static Object id(JsonNode node) throws MalformedRequest {
        var id = node.get("id");
        if (id != null && id.isString()) {
            return id.stringValue();
        }
        if (id != null && id.isIntegralNumber() && id.canConvertToLong()) {
            return id.longValue();
        }
        throw MalformedRequest.of("Invalid field 'id' in request body");
    }

    private static List<Object> params(JsonNode node, boolean isV2) throws MalformedRequest {
        var params = node.get("params");
        if (params == null && !isV2) {
            throw MalformedRequest.of("Required field params is missing");
        }
        if (params == null || params.isNull()) {
            return List.of();
        }
        return params.isArray() ? list(params) : nullable(value(params));
    }

    private static List<Object> nullable(@Nullable Object single) {
        var list = new ArrayList<Object>();
        add(list, single);
        return list;
    }

    @SuppressWarnings("NullAway") // a JSON null is a value that the type check of the parameter refuses
    private static void add(List<Object> list, @Nullable Object value) {
        list.add(value);
    }

    private static List<Object> list(JsonNode array) {
        var list = new ArrayList<Object>();
        array.forEach(each -> add(list, value(each)));
        return list;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isArray()) {
            return list(node);
        }
        return node.isObject() ? map(node) : null;
    }

    @SuppressWarnings("NullAway") // see add
    private static Map<String, Object> map(JsonNode node) {
        var map = new LinkedHashMap<String, Object>();
        node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    /** Writes an answer in the form of its request; an early one always in the form of version 2 with id 0. */
    public static byte[] write(Answer answer, Request request) {
        var text = MAPPER.writeValueAsString(answer.fold(
                value -> body(request, "result", value),
                failure -> body(request, "error", error(request, failure.code(), failure.params(), failure.words())),
                words -> body(new Request(true, 0L, request.call(), ""), "error", words)));
        // bytes that were no UTF-8 go back as they came
        return text.getBytes(request.call().isEmpty() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static Object error(Request request, String code, List<String> params, List<String> words) {
        if (!request.isV2()) {
            return words;
        }
        var error = new LinkedHashMap<String, Object>();
        error.put("code", 1);
        error.put("message", code);
        error.put("data", params);
        return error;
    }

    @SuppressWarnings("NullAway") // version 1 has both members, one of them null
    private static Map<String, Object> body(Request request, String member, Object value) {
        var body = new LinkedHashMap<String, Object>();
        if (request.isV2()) {
            body.put("jsonrpc", "2.0");
            body.put(member, value);
        } else {
            body.put("result", "result".equals(member) ? value : null);
            body.put("error", "error".equals(member) ? value : null);
        }
        body.put("id", request.id());
        return body;
    }

    /**
     * A request: its version, its id, and the call, which is missing when the body was no UTF-8.
     *
     * @param garbled the string that is no UTF-8, a character a byte; empty = none
     */
    public record Request(boolean isV2, Object id, Optional<RpcCall> call, String garbled) implements WireRequest {
        @Override
        public byte[] write(Answer answer) {
            return JsonRpc.write(answer, this);
        }

        @Override
        public String contentType() {
            return "application/json";
        }
    }
}
