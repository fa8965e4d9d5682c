package io.xenpatch.simulator.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The database of one pool. Not thread-safe: one pool is one thread. */
public final class Database {
    /** The reference that names nothing. */
    public static final String NULL = "OpaqueRef:NULL";

    private final Datamodel datamodel;
    private final Random random;
    private final Map<String, List<Row>> tables = new HashMap<>();
    private final RowIndex byRef = new RowIndex();
    private final Changes changes = new Changes();
    private BiConsumer<Row, String> watcher = (row, field) -> {};

    /** An empty database whose references are a function of the seed. */
    public Database(Datamodel datamodel, long seed) {
        this.datamodel = datamodel;
        this.random = new Random(seed);
    }

    public Datamodel datamodel() {
        return datamodel;
    }

    public Changes changes() {
        return changes;
    }

    /** The next uuid of this database's sequence. */
    public String nextUuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** A new row with the defaults of the data model and a uuid of the database's own. */
    public Row create(String className) {
        return added(new Row(datamodel.get(className), random.nextLong(), random.nextLong(), changes.next()));
    }

    /** A new row with the defaults of the data model. */
    public Row create(String className, String uuid) {
        var row = create(className);
        if (row.has("uuid")) {
            row.put(row.slot("uuid"), uuid);
        }
        return row;
    }

    /**
     * A row as another server had it. Relations are not followed: the other rows are as that server had them, too.
     *
     * @throws IllegalArgumentException when the class has no such field, or the reference is none
     */
    public Row load(String className, String ref, Map<String, Object> record) {
        var type = datamodel.get(className);
        var name = UUID.fromString(ref.substring(ref.indexOf(':') + 1));
        var row = new Row(type, name.getMostSignificantBits(), name.getLeastSignificantBits(), changes.next());
        record.forEach((field, value) -> {
            var known = type.field(field);
            if (known == null) {
                throw new IllegalArgumentException(className + " has no field " + field);
            }
            row.put(row.slot(field), row.slot(field).stored(known.loaded(value)));
        });
        return added(row);
    }

    private Row added(Row row) {
        tables.computeIfAbsent(row.type().name(), name -> new ArrayList<>()).add(row);
        byRef.add(row);
        changes.added(row);
        return row;
    }

    /**
     * Sets a field; nothing happens when the value is the same. The other side of a relation follows.
     *
     * @param value a reference may be given as the row that it names, which is much cheaper than its text
     */
    public void set(Row row, String field, Object value) {
        var slot = row.slot(field);
        if (value instanceof Row named) {
            name(row, slot, named);
            return;
        }
        var before = row.value(slot);
        var after = slot.stored(value);
        if (before.equals(after)) {
            return;
        }
        row.put(slot, compact(slot, after));
        changes.touched(row);
        var relation = slot.relation();
        if (relation != null) {
            follow(relation, row, refs(before), refs(value));
        }
        watcher.accept(row, field);
    }

    private void name(Row row, XapiClass.Slot slot, Row named) {
        if (row.kept(slot.name()) == named) {
            return;
        }
        var before = row.value(slot);
        row.put(slot, named);
        changes.touched(row);
        var relation = slot.relation();
        if (relation != null && isSet(relation)) {
            leave(relation.there(), row, refs(before), List.of());
            if (named.type().name().equals(relation.there().className())) {
                join(relation.there(), row, named);
            }
        }
        watcher.accept(row, slot.name());
    }

    /** Somebody who is told of every field that got another value. */
    public void watch(BiConsumer<Row, String> newWatcher) {
        watcher = newWatcher;
    }

    /** References to rows that exist take less memory as these rows. */
    private Object compact(XapiClass.Slot slot, Object value) {
        if (slot.isReference()) {
            return Objects.requireNonNullElse(byRef.find((String) value), value);
        }
        if (slot.isSetOfReferences() && value instanceof List<?> refs && !refs.isEmpty()) {
            var rows = refs.stream()
                    .map(ref -> byRef.find(String.valueOf(ref)))
                    .filter(Objects::nonNull)
                    .toArray(Row[]::new);
            return rows.length == refs.size() ? rows : value;
        }
        return value;
    }

    private void follow(Relation relation, Row row, List<String> before, List<String> after) {
        if (!isSet(relation)) {
            return;
        }
        leave(relation.there(), row, before, after);
        for (var come : after) {
            var target = find(relation.there().className(), come);
            if (target != null) {
                join(relation.there(), row, target);
            }
        }
    }

    private boolean isSet(Relation relation) {
        return Objects.requireNonNull(relation.there().field(datamodel)).isSet();
    }

    private void leave(Relation.End there, Row row, List<String> before, List<String> after) {
        for (var gone : before) {
            var target = find(there.className(), gone);
            if (target != null && !after.contains(gone)) {
                target.removeName(there.fieldName(), row);
                changes.touched(target);
            }
        }
    }

    private void join(Relation.End there, Row row, Row target) {
        if (!target.names(there.fieldName(), row)) {
            target.addName(there.fieldName(), row);
            changes.touched(target);
        }
    }

    @SuppressWarnings("unchecked") // a relation's field is a reference or a set of references
    private static List<String> refs(Object value) {
        return value instanceof String ref ? List.of(ref) : (List<String>) value;
    }

    /** Puts one key of a map field. */
    public void put(Row row, String field, String key, String value) {
        var map = new LinkedHashMap<>(row.map(field));
        map.put(key, value);
        set(row, field, map);
    }

    /** Removes one key of a map field, if it is there. */
    public void remove(Row row, String field, String key) {
        var map = new LinkedHashMap<>(row.map(field));
        map.remove(key);
        set(row, field, map);
    }

    /** Adds a member to a set field, once. */
    public void add(Row row, String field, String member) {
        if (!row.list(field).contains(member)) {
            var members = new ArrayList<>(row.list(field));
            members.add(member);
            set(row, field, members);
        }
    }

    /** Takes a member out of a set field. */
    public void drop(Row row, String field, String member) {
        var members = new ArrayList<>(row.list(field));
        if (members.remove(member)) {
            set(row, field, members);
        }
    }

    /** Marks a row as changed although nothing did. */
    public void touch(Row row) {
        changes.touched(row);
    }

    /** Removes a row and its name from every related row. */
    public void destroy(Row row) {
        for (var slot : row.type().slots().values()) {
            var relation = slot.relation();
            if (relation != null) {
                follow(relation, row, refs(row.value(slot)), List.of());
            }
        }
        table(row.type().name()).remove(row);
        byRef.remove(row);
        changes.deleted(row);
    }

    /** The row a reference names. @throws ApiFailure HANDLE_INVALID */
    public Row get(String className, String ref) {
        var row = find(className, ref);
        if (row == null) {
            throw ApiFailure.of("HANDLE_INVALID", className, ref);
        }
        return row;
    }

    public @Nullable Row find(String className, String ref) {
        var row = byRef.find(ref);
        return row != null && row.type().name().equals(className) ? row : null;
    }

    /**
     * The rows that a reference or a set of references names, of those that are there: records of another server may name what was left
     * out. Much cheaper than to look each up by its text.
     */
    public Stream<Row> named(Row row, String field) {
        var kept = row.kept(field);
        if (kept instanceof Row one) {
            return Stream.of(one).filter(byRef::holds);
        }
        if (kept instanceof Row[] several) {
            return Stream.of(several).filter(byRef::holds);
        }
        return kept == null
                ? Stream.empty()
                : (kept instanceof String ref ? Stream.of(ref) : row.list(field).stream())
                        .flatMap(ref -> Stream.ofNullable(byRef.find(ref)));
    }

    /** The row with a uuid. @throws ApiFailure UUID_INVALID */
    public Row byUuid(String className, String uuid) {
        return table(className).stream()
                .filter(row -> row.has("uuid") && row.uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> ApiFailure.of("UUID_INVALID", className, uuid));
    }

    /** Every row of a class, oldest first. */
    public Collection<Row> all(String className) {
        return Collections.unmodifiableList(table(className));
    }

    /** The pool's only row. */
    public Row pool() {
        return table("pool").get(0);
    }

    /** Lets rows share equal values among them and with other databases of the process: to be called when a pool was made. */
    public void share() {
        tables.values().forEach(rows -> rows.forEach(row -> row.share(datamodel.shared())));
    }

    private List<Row> table(String className) {
        var rows = tables.get(className);
        return rows == null ? noRowsOf(className) : rows;
    }

    private List<Row> noRowsOf(String className) {
        Objects.requireNonNull(datamodel.find(className), className);
        return List.of();
    }
}
