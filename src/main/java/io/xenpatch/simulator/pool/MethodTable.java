package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Datamodel;
import io.xenpatch.simulator.model.XapiMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which messages a pool understands and what does them. */
final class MethodTable {
    /** Belongs to no class and needs no session. */
    private static final String LIST = "system.listMethods";

    private final Datamodel datamodel;
    private final Accessors accessors;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Optional<Method>> found = new HashMap<>();

    MethodTable(Datamodel datamodel, Accessors accessors) {
        this.datamodel = datamodel;
        this.accessors = accessors;
    }

    /** A message that takes its time. */
    void slow(String name, Operation operation) {
        operations.put(name, operation);
    }

    /** A message that answers a value at once. */
    void answer(String name, Function<Invocation, Object> value) {
        operations.put(name, call -> call.succeed(value.apply(call)));
    }

    /** A message that is done at once and answers nothing. */
    void does(String name, Consumer<Invocation> action) {
        operations.put(name, call -> {
            action.accept(call);
            call.succeed("");
        });
    }

    /** The message with a wire name such as {@code host.enable} (or its old spelling {@code host_enable}). */
    Optional<Method> find(String name) {
        var known = found.get(name);
        if (known == null) {
            known = resolve(name);
            found.put(name, known);
        }
        return known;
    }

    private Optional<Method> resolve(String name) {
        if (LIST.equals(name)) {
            return Optional.of(
                    new Method(name, XapiMessage.withoutSession(LIST), call -> call.succeed(datamodel.messageNames())));
        }
        var dot = name.indexOf('.');
        if (dot < 0) {
            return underscoreSpelling(name);
        }
        var type = datamodel.find(name.substring(0, dot));
        if (type == null) {
            return Optional.empty();
        }
        var message = type.message(name.substring(dot + 1));
        if (message != null) {
            var operation = Optional.ofNullable(operations.get(name))
                    .or(() -> accessors.find(type, message.name()).map(Method::operation))
                    .orElse(call -> {
                        throw ApiFailure.of("NOT_IMPLEMENTED", name);
                    });
            return Optional.of(new Method(name, message, operation));
        }
        return type.isStored() ? accessors.find(type, name.substring(dot + 1)) : Optional.empty();
    }

    private Optional<Method> underscoreSpelling(String name) {
        return datamodel.classes().stream()
                .filter(type -> name.startsWith(type.name() + "_"))
                .map(type -> find(type.name() + "." + name.substring(type.name().length() + 1)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A message and what does it. */
    record Method(String name, XapiMessage message, Operation operation) {}
}
