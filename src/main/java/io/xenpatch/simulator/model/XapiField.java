package io.xenpatch.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of a class: its name, IDL type, the release it came with and the value of a new row. */
public record XapiField(
        String name,
        String type,
        String since,
        boolean writable,
        @Nullable Object initial) {

    public boolean isSet() {
        return type.endsWith(" set");
    }

    public boolean isMap() {
        return type.endsWith(" map");
    }

    public boolean isReference() {
        return type.endsWith(" ref");
    }

    boolean isSetOfReferences() {
        return type.endsWith(" ref set");
    }

    /** The value of this field in a new row. Collections can't be changed. */
    Object usualValue() {
        if (isSet()) {
            return initial instanceof List<?> list ? List.copyOf(list) : List.of();
        }
        if (isMap()) {
            return initial instanceof Map<?, ?> map
                    ? Collections.unmodifiableMap(new LinkedHashMap<Object, Object>(map))
                    : Map.of();
        }
        if (initial == null) {
            return emptyScalar();
        }
        return switch (type) {
            case "int" -> ((Number) initial).longValue();
            case "float" -> ((Number) initial).doubleValue();
            case "datetime" -> XapiTime.NEVER;
            default -> initial;
        };
    }

    private Object emptyScalar() {
        return switch (type) {
            case "int" -> 0L;
            case "float" -> 0.0;
            case "bool" -> false;
            case "datetime" -> XapiTime.NEVER;
            default -> isReference() ? Database.NULL : "";
        };
    }
}
