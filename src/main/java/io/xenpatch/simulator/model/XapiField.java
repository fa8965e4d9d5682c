package io.xenpatch.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A field of a class: its name, IDL type, the release it came with and the value of a new row. */
public record XapiField(
        String name,
        String type,
        String since,
        boolean writable,
        @Nullable Object initial,
        @Nullable String readRole,
        @Nullable String writeRole) {

    private static final String ARROW = " -> ";

    /** The least role that may read this field. */
    public String reader() {
        return readRole == null ? XapiMessage.READ_ONLY : readRole;
    }

    /** The least role that may write this field. */
    public String writer() {
        return writeRole == null ? "pool-operator" : writeRole;
    }

    /** The messages that a writable field has. */
    Stream<String> setters() {
        var set = Stream.of("set_" + name);
        if (isMap()) {
            return Stream.concat(set, Stream.of("add_to_" + name, "remove_from_" + name));
        }
        return isSet() ? Stream.concat(set, Stream.of("add_" + name, "remove_" + name)) : set;
    }

    public boolean isSet() {
        return type.endsWith(" set");
    }

    public boolean isMap() {
        return type.endsWith(" map");
    }

    /** IDL type of a member of this set, or of a key of this map. */
    public String memberType() {
        return isMap() ? type.substring(1, type.indexOf(ARROW)) : type.substring(0, type.length() - " set".length());
    }

    /** IDL type of a value of this map. */
    public String valueType() {
        return type.substring(type.indexOf(ARROW) + ARROW.length(), type.lastIndexOf(')'));
    }

    public boolean isReference() {
        return type.endsWith(" ref");
    }

    /** A value that was read from JSON: whole numbers are long, and what looks whole may be a fraction. */
    Object loaded(Object value) {
        return "float".equals(type) ? (Object) ((Number) value).doubleValue() : widened(value);
    }

    private static Object widened(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(XapiField::widened).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var all = new LinkedHashMap<Object, Object>();
            map.forEach((key, each) -> all.put(key, widened(each)));
            return Collections.unmodifiableMap(all);
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    /** A value in the form in which rows hold it. */
    Object stored(Object value) {
        return "datetime".equals(type) && value instanceof String text ? new XapiDate(text) : value;
    }

    boolean isSetOfReferences() {
        return type.endsWith(" ref set");
    }

    /** The value of this field in a new row. Collections can't be changed. */
    Object usualValue() {
        if (isSet()) {
            return initial instanceof List<?> list ? widened(list) : List.of();
        }
        if (isMap()) {
            return initial instanceof Map<?, ?> map ? widened(map) : Map.of();
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
