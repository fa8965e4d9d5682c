package io.xenpatch.simulator.model;

import java.util.ArrayList;
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

    /** The value of this field in a new row. Collections are fresh. */
    Object freshValue() {
        if (isSet()) {
            return initial instanceof List<?> list ? new ArrayList<Object>(list) : new ArrayList<>();
        }
        if (isMap()) {
            return initial instanceof Map<?, ?> map ? new LinkedHashMap<Object, Object>(map) : new LinkedHashMap<>();
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
