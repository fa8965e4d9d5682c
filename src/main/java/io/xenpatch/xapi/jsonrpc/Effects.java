package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.XapiCall;
import io.xenpatch.xapi.XapiPool;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The effect of each message, as the port declares it: nothing else decides what may be repeated. */
final class Effects {
    private static final Map<String, Effect> DECLARED = ports().flatMap(port -> Arrays.stream(port.getMethods()))
            .flatMap(method -> Optional.ofNullable(method.getAnnotation(XapiCall.class)).stream())
            .flatMap(Effects::messages)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, Effects::same));

    private Effects() {}

    /** Whatever a pool offers: a new class of calls is not to be named here too. */
    private static Stream<Class<?>> ports() {
        return Arrays.stream(XapiPool.class.getMethods())
                .<Class<?>>map(Method::getReturnType)
                .filter(type -> type.getSimpleName().endsWith("Calls"));
    }

    private static Stream<Map.Entry<String, Effect>> messages(XapiCall call) {
        return Stream.concat(Stream.of(call.value()), Arrays.stream(call.also()))
                .map(message -> Map.entry(message, call.effect()));
    }

    private static Effect same(Effect one, Effect other) {
        if (one != other) {
            throw new IllegalStateException("one message with the effects " + one + " and " + other);
        }
        return one;
    }

    /** @throws IllegalArgumentException for a message that no method of the port names */
    static Effect of(String message) {
        return Optional.ofNullable(DECLARED.get(message))
                .orElseThrow(() -> new IllegalArgumentException("the port does not declare " + message));
    }
}
