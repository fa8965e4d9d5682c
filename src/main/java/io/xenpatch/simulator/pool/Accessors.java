package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import io.xenpatch.simulator.model.Row;
import io.xenpatch.simulator.model.XapiClass;
import io.xenpatch.simulator.model.XapiField;
import io.xenpatch.simulator.model.XapiMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The messages that every class has without saying so: getters, queries, and setters of what may be set. */
final class Accessors {
    private static final String STRING = "string";
    private static final String BY_LABEL = "get_by_name_label";

    private final Database db;
    private final BiConsumer<Row, String> onWrite;

    /** @param onWrite told after a client changed a field of a row */
    Accessors(Database db, BiConsumer<Row, String> onWrite) {
        this.db = db;
        this.onWrite = onWrite;
    }

    Optional<MethodTable.Method> find(XapiClass type, String message) {
        return Optional.ofNullable(query(type, message))
                .or(() -> getter(type, message))
                .or(() -> setter(type, message));
    }

    private MethodTable.@org.jspecify.annotations.Nullable Method query(XapiClass type, String message) {
        var name = type.name();
        if (message.startsWith("get_all") && !type.isListed() || message.equals(BY_LABEL) && !type.isLabelled()) {
            return null;
        }
        return switch (message) {
            case "get_all" -> method(type, message, call -> call.succeed(refs(all(name, row -> true))));
            case "get_all_records" -> method(type, message, call -> call.succeed(records(all(name, row -> true))));
            case "get_record" ->
                method(type, message, call -> call.succeed(call.row(0, name).record()), name + " ref");
            case "get_by_uuid" ->
                method(
                        type,
                        message,
                        call -> call.succeed(db.byUuid(name, call.text(0)).ref()),
                        STRING);
            case BY_LABEL -> method(type, message, call -> call.succeed(refs(labelled(type, call))), STRING);
            case "get_all_where" -> method(type, message, call -> call.succeed(refs(where(name, call))), STRING);
            case "get_all_records_where" ->
                method(type, message, call -> call.succeed(records(where(name, call))), STRING);
            default -> null;
        };
    }

    private static MethodTable.Method method(XapiClass type, String message, Operation operation, String... params) {
        return method(type, message, XapiMessage.READ_ONLY, operation, params);
    }

    private static MethodTable.Method method(
            XapiClass type, String message, String role, Operation operation, String... params) {
        return new MethodTable.Method(
                type.name() + "." + message, XapiMessage.implicit(message, role, params), operation);
    }

    private List<Row> all(String className, Predicate<Row> filter) {
        return db.all(className).stream().filter(filter).toList();
    }

    private List<Row> where(String className, Invocation call) {
        return all(className, Query.parse(call.text(0)));
    }

    private List<Row> labelled(XapiClass type, Invocation call) {
        return all(type.name(), row -> row.text("name_label").equals(call.text(0)));
    }

    private static List<String> refs(List<Row> rows) {
        return rows.stream().map(Row::ref).toList();
    }

    private static Map<String, Object> records(List<Row> rows) {
        var records = new LinkedHashMap<String, Object>();
        rows.forEach(row -> records.put(row.ref(), row.record()));
        return records;
    }

    private Optional<MethodTable.Method> getter(XapiClass type, String message) {
        return field(type, message, "get_")
                .map(field -> method(
                        type,
                        message,
                        field.reader(),
                        call -> call.succeed(call.row(0, type.name()).value(field.name())),
                        type.name() + " ref"));
    }

    private static Optional<XapiField> field(XapiClass type, String message, String prefix) {
        return message.startsWith(prefix)
                ? Optional.ofNullable(type.field(message.substring(prefix.length())))
                : Optional.empty();
    }

    private Optional<MethodTable.Method> setter(XapiClass type, String message) {
        var self = type.name() + " ref";
        return settable(type, message, "set_")
                .map(field -> method(type, message, field.writer(), call -> write(call, field), self, field.type()))
                .or(() -> settable(type, message, "add_to_")
                        .filter(XapiField::isMap)
                        .map(field -> method(
                                type,
                                message,
                                field.writer(),
                                call -> addKey(call, field),
                                self,
                                field.memberType(),
                                field.valueType())))
                .or(() -> settable(type, message, "remove_from_")
                        .filter(XapiField::isMap)
                        .map(field -> method(
                                type,
                                message,
                                field.writer(),
                                call -> removeKey(call, field),
                                self,
                                field.memberType())))
                .or(() -> settable(type, message, "add_")
                        .filter(XapiField::isSet)
                        .map(field -> method(
                                type,
                                message,
                                field.writer(),
                                call -> addMember(call, field),
                                self,
                                field.memberType())))
                .or(() -> settable(type, message, "remove_")
                        .filter(XapiField::isSet)
                        .map(field -> method(
                                type,
                                message,
                                field.writer(),
                                call -> removeMember(call, field),
                                self,
                                field.memberType())));
    }

    /** Settable are writable fields, and those for which the data model has a message of just this name. */
    private static Optional<XapiField> settable(XapiClass type, String message, String prefix) {
        return field(type, message, prefix).filter(field -> field.writable() || type.message(message) != null);
    }

    private void write(Invocation call, XapiField field) {
        db.set(self(call), field.name(), copy(call.arg(1)));
        done(call, field);
    }

    private static Object copy(Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<Object>(list);
        }
        return value instanceof Map<?, ?> map ? new LinkedHashMap<Object, Object>(map) : value;
    }

    private Row self(Invocation call) {
        return call.row(0, call.method().substring(0, call.method().indexOf('.')));
    }

    private void addKey(Invocation call, XapiField field) {
        var row = self(call);
        if (row.map(field.name()).containsKey(call.text(1))) {
            throw ApiFailure.of("MAP_DUPLICATE_KEY", row.type().name(), field.name(), row.ref(), call.text(1));
        }
        db.put(row, field.name(), call.text(1), call.text(2));
        done(call, field);
    }

    private void removeKey(Invocation call, XapiField field) {
        db.remove(self(call), field.name(), call.text(1));
        done(call, field);
    }

    private void addMember(Invocation call, XapiField field) {
        var members = new ArrayList<Object>((List<?>) self(call).value(field.name()));
        if (!members.contains(call.arg(1))) {
            members.add(call.arg(1));
            db.set(self(call), field.name(), members);
        }
        done(call, field);
    }

    private void removeMember(Invocation call, XapiField field) {
        var members = new ArrayList<Object>((List<?>) self(call).value(field.name()));
        members.remove(call.arg(1));
        db.set(self(call), field.name(), members);
        done(call, field);
    }

    private void done(Invocation call, XapiField field) {
        onWrite.accept(self(call), field.name());
        call.succeed("");
    }
}
