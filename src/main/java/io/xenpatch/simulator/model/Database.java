package io.xenpatch.simulator.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The database of one pool. Not thread-safe: one pool is one thread. */
public final class Database {
    /** The reference that names nothing. */
    public static final String NULL = "OpaqueRef:NULL";

    private final Datamodel datamodel;
    private final Random random;
    private final Map<String, Map<String, Row>> tables = new LinkedHashMap<>();
    private final Map<String, Row> byUuid = new HashMap<>();
    private final Changes changes = new Changes();
    private BiConsumer<Row, String> watcher = (row, field) -> {};

    /** An empty database whose references are a function of the seed. */
    public Database(Datamodel datamodel, long seed) {
        this.datamodel = datamodel;
        this.random = new Random(seed);
        datamodel.classes().forEach(each -> tables.put(each.name(), new LinkedHashMap<>()));
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

    public Row create(String className) {
        return create(className, nextUuid());
    }

    /** A new row with the defaults of the data model. */
    public Row create(String className, String uuid) {
        var row = new Row(datamodel.get(className), "OpaqueRef:" + nextUuid(), changes.next());
        if (row.has("uuid")) {
            row.put("uuid", uuid);
            byUuid.put(className + "/" + uuid, row);
        }
        table(className).put(row.ref(), row);
        changes.added(row);
        return row;
    }

    /** A row as another server had it. Relations are not followed: the other rows are as that server had them, too. */
    public Row load(String className, String ref, Map<String, Object> record) {
        var type = datamodel.get(className);
        var row = new Row(type, ref, changes.next());
        record.forEach((name, value) -> {
            var field = type.field(name);
            if (field == null) {
                throw new IllegalArgumentException(className + " has no field " + name);
            }
            row.put(name, field.loaded(value));
        });
        if (row.has("uuid")) {
            byUuid.put(className + "/" + row.uuid(), row);
        }
        table(className).put(ref, row);
        changes.added(row);
        return row;
    }

    /** Sets a field; nothing happens when the value is the same. The other side of a relation follows. */
    public void set(Row row, String field, Object value) {
        var before = row.value(field);
        row.put(field, value);
        if (Objects.equals(before, row.value(field))) {
            return;
        }
        changes.touched(row);
        var relation = datamodel.relation(row.type().name(), field);
        if (relation != null) {
            follow(relation, row, refs(before), refs(value));
        }
        watcher.accept(row, field);
    }

    /** Somebody who is told of every field that got another value. */
    public void watch(BiConsumer<Row, String> newWatcher) {
        watcher = newWatcher;
    }

    private void follow(Relation relation, Row row, List<String> before, List<String> after) {
        var other = relation.there();
        var isSet = Objects.requireNonNull(other.field(datamodel)).isSet();
        for (var gone : before) {
            var target = table(other.className()).get(gone);
            if (target != null && isSet && !after.contains(gone)) {
                edit(target, other.fieldName(), members -> members.remove(row.ref()));
            }
        }
        for (var come : after) {
            var target = table(other.className()).get(come);
            if (target != null && isSet && !target.list(other.fieldName()).contains(row.ref())) {
                edit(target, other.fieldName(), members -> members.add(row.ref()));
            }
        }
    }

    private void edit(Row target, String field, java.util.function.Consumer<List<String>> change) {
        var members = new ArrayList<>(target.list(field));
        change.accept(members);
        target.put(field, members);
        changes.touched(target);
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
        for (var field : row.type().fields().values()) {
            var relation = datamodel.relation(row.type().name(), field.name());
            if (relation != null) {
                follow(relation, row, refs(row.value(field.name())), List.of());
            }
        }
        table(row.type().name()).remove(row.ref());
        byUuid.remove(row.type().name() + "/" + (row.has("uuid") ? row.uuid() : ""));
        changes.deleted(row);
    }

    /** The row a reference names. @throws ApiFailure HANDLE_INVALID */
    public Row get(String className, String ref) {
        var row = table(className).get(ref);
        if (row == null) {
            throw ApiFailure.of("HANDLE_INVALID", className, ref);
        }
        return row;
    }

    public @Nullable Row find(String className, String ref) {
        return table(className).get(ref);
    }

    /** The row with a uuid. @throws ApiFailure UUID_INVALID */
    public Row byUuid(String className, String uuid) {
        var row = byUuid.get(className + "/" + uuid);
        if (row == null) {
            throw ApiFailure.of("UUID_INVALID", className, uuid);
        }
        return row;
    }

    /** Every row of a class, oldest first. */
    public Collection<Row> all(String className) {
        return table(className).values();
    }

    /** The pool's only row. */
    public Row pool() {
        return table("pool").values().iterator().next();
    }

    private Map<String, Row> table(String className) {
        return Objects.requireNonNull(tables.get(className), className);
    }
}
