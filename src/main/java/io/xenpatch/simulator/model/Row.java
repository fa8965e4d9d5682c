package io.xenpatch.simulator.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One object of the database. Read here; written only through {@link Database}, which keeps relations and changes. */
public final class Row {
    private final XapiClass type;
    private final String ref;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private long createdAt;
    private long changedAt;

    Row(XapiClass type, String ref, long createdAt) {
        this.type = type;
        this.ref = ref;
        this.createdAt = createdAt;
        this.changedAt = createdAt;
        type.fields().values().forEach(field -> values.put(field.name(), field.freshValue()));
    }

    public XapiClass type() {
        return type;
    }

    public String ref() {
        return ref;
    }

    public String uuid() {
        return text("uuid");
    }

    /** Generation of the database in which this row appeared. */
    public long createdAt() {
        return createdAt;
    }

    /** Generation of the last change. */
    public long changedAt() {
        return changedAt;
    }

    void created(long generation) {
        createdAt = generation;
        changedAt = generation;
    }

    void changed(long generation) {
        changedAt = generation;
    }

    /** Every field with its value, in the order of the data model. */
    public Map<String, Object> record() {
        return Collections.unmodifiableMap(values);
    }

    public boolean has(String field) {
        return values.containsKey(field);
    }

    /** The raw value of a field. */
    public Object value(String field) {
        var value = values.get(field);
        if (value == null) {
            throw new IllegalArgumentException(type.name() + " has no field " + field);
        }
        return value;
    }

    void put(String field, Object value) {
        var known = type.field(field);
        values.put(field, known == null ? value : known.stored(value));
    }

    /** A string, enum, date or reference. */
    public String text(String field) {
        var value = value(field);
        return value instanceof XapiDate date ? date.text() : (String) value;
    }

    public boolean flag(String field) {
        return (Boolean) value(field);
    }

    public long number(String field) {
        return ((Number) value(field)).longValue();
    }

    @SuppressWarnings("unchecked") // sets of the data model that behaviour reads hold strings or references
    public List<String> list(String field) {
        return Collections.unmodifiableList((List<String>) value(field));
    }

    @SuppressWarnings("unchecked") // maps of the data model that behaviour reads hold strings
    public Map<String, String> map(String field) {
        return Collections.unmodifiableMap((Map<String, String>) value(field));
    }

    public boolean isNull(String field) {
        return Database.NULL.equals(text(field));
    }
}
