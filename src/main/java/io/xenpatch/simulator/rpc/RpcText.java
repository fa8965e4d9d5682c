package io.xenpatch.simulator.rpc;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value as XAPI's own error texts show it, such as {@code I(42)} or {@code S(text)}. */
public final class RpcText {
    private RpcText() {}

    public static String print(@Nullable Object value) {
        if (value == null) {
            return "N";
        }
        if (value instanceof String text) {
            return "S(" + text + ")";
        }
        if (value instanceof Long number) {
            return "I(" + number + ")";
        }
        if (value instanceof Double number) {
            return "F(" + number + ")";
        }
        if (value instanceof Boolean flag) {
            return "B(" + flag + ")";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RpcText::print).collect(Collectors.joining(";", "[", "]"));
        }
        return ((Map<?, ?>) value)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + print(entry.getValue()))
                        .collect(Collectors.joining(";", "{", "}"));
    }
}
