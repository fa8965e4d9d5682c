package io.xenpatch.simulator.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object of the database. Read here; written only through {@link Database}, which keeps relations and changes. Made to be many:
 * it keeps what differs from its class, and references as the rows that they name.
 */
public final class Row {
    private static final String UUID_FIELD = "uuid";

    private final XapiClass type;
    private final long refHigh;
    private final long refLow;
    private final SparseValues values = new SparseValues();
    private long createdAt;
    private long changedAt;
    /** Neighbours in the order of changes, which {@link Changes} keeps. */
    @Nullable
    Row earlier;

    @Nullable
    Row later;

    Row(XapiClass type, long refHigh, long refLow, long createdAt) {
        this.type = type;
        this.refHigh = refHigh;
        this.refLow = refLow;
        this.createdAt = createdAt;
        this.changedAt = createdAt;
    }

    public XapiClass type() {
        return type;
    }

    public String ref() {
        return Reference.print(refHigh, refLow);
    }

    boolean isAt(long high, long low) {
        return refHigh == high && refLow == low;
    }

    long hash() {
        return refLow;
    }

    public String uuid() {
        return text(UUID_FIELD);
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

    /** Every field with its value, in the order of the data model. Follows changes. */
    public Map<String, Object> record() {
        return new RecordView(type, this::value);
    }

    /** Every field with its present value, in the order of the data model. */
    public Map<String, Object> snapshot() {
        var present = values.copy();
        return new RecordView(type, slot -> value(slot, present));
    }

    public boolean has(String field) {
        return type.slots().containsKey(field);
    }

    /** The raw value of a field. It can't be changed. */
    public Object value(String field) {
        return value(slot(field));
    }

    Object value(XapiClass.Slot slot) {
        return value(slot, values);
    }

    XapiClass.Slot slot(String field) {
        var slot = type.slots().get(field);
        if (slot == null) {
            throw new IllegalArgumentException(type.name() + " has no field " + field);
        }
        return slot;
    }

    private Object value(XapiClass.Slot slot, SparseValues from) {
        var value = from.get(slot.position());
        if (value == null) {
            return slot.name().equals(UUID_FIELD) ? usualUuid() : slot.usual();
        }
        return value instanceof Row named ? named.ref() : value instanceof Row[] several ? refs(several) : value;
    }

    /** Of rows that nobody named: a function of the reference, so that it takes no memory. */
    private String usualUuid() {
        return new UUID(refLow, refHigh).toString();
    }

    private static List<String> refs(Row[] rows) {
        return Stream.of(rows).map(Row::ref).toList();
    }

    /** @param value as {@link Database} compacts it: a {@link Row} or an array of them stands for references */
    void put(XapiClass.Slot slot, Object value) {
        values.put(slot.position(), value);
    }

    /** A value as it is kept: a {@link Row} or an array of them stands for references. Null where it is that of the class. */
    @Nullable
    Object kept(String field) {
        return values.get(slot(field).position());
    }

    /** Whether a set of references holds that of another row. */
    boolean names(String field, Row other) {
        if (values.get(slot(field).position()) instanceof Row[] rows) {
            return Arrays.asList(rows).contains(other);
        }
        var refs = list(field);
        return !refs.isEmpty() && refs.contains(other.ref());
    }

    /** Adds a reference to a set. */
    void addName(String field, Row other) {
        var slot = slot(field);
        if (values.get(slot.position()) instanceof Row[] rows) {
            var more = Arrays.copyOf(rows, rows.length + 1);
            more[rows.length] = other;
            put(slot, more);
        } else {
            var refs = list(field);
            put(
                    slot,
                    refs.isEmpty()
                            ? new Row[] {other}
                            : Stream.concat(refs.stream(), Stream.of(other.ref()))
                                    .toList());
        }
    }

    /** Takes a reference out of a set. */
    void removeName(String field, Row other) {
        var slot = slot(field);
        put(
                slot,
                values.get(slot.position()) instanceof Row[] rows
                        ? Stream.of(rows).filter(row -> row != other).toArray(Row[]::new)
                        : list(field).stream()
                                .filter(ref -> !ref.equals(other.ref()))
                                .toList());
    }

    /** Replaces values by equal ones that are shared with other rows. */
    void share(SharedValues shared) {
        values.replaceAll(value -> value instanceof Row || value instanceof Row[] ? value : shared.of(value));
        values.trim();
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
