package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Datamodel;
import io.xenpatch.simulator.rpc.RpcText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a parameter as the IDL type it must have. */
final class Unmarshal {
    private static final String ENUM = "enum ";

    private final Datamodel datamodel;

    Unmarshal(Datamodel datamodel) {
        this.datamodel = datamodel;
    }

    /** The value in the form behaviour works with. @throws ApiFailure INTERNAL_ERROR in the server's words */
    Object check(String type, @Nullable Object value) {
        if (type.endsWith(" set")) {
            return value instanceof List<?> list ? list : wrong("list", value);
        }
        if (type.endsWith(" map") || type.endsWith(" record")) {
            return value instanceof Map<?, ?> map ? map : wrong("dictionary", value);
        }
        return switch (type) {
            case "int" -> number(value);
            case "float" -> fraction(value);
            case "bool" -> value instanceof Boolean flag ? flag : wrong("bool", value);
            default -> value instanceof String text ? known(type, text) : wrong("string", value);
        };
    }

    private String known(String type, String text) {
        if (type.startsWith(ENUM) && !datamodel.hasValue(type.substring(ENUM.length()), text)) {
            throw ApiFailure.of("INTERNAL_ERROR", "Failure(\"Unknown tag/contents\")");
        }
        return text;
    }

    private static Object number(@Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        return value instanceof String text && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : wrong("int", value);
    }

    private static Object fraction(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof String text && text.matches("-?\\d+(\\.\\d*)?")
                ? Double.valueOf(text)
                : wrong("float", value);
    }

    private static Object wrong(String expected, @Nullable Object value) {
        throw ApiFailure.of(
                "INTERNAL_ERROR", "Failure(\"Expected " + expected + ", got '" + RpcText.print(value) + "'\")");
    }
}
