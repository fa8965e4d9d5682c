package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.HostCalls;
import io.xenpatch.xapi.PbdCalls;
import io.xenpatch.xapi.PoolCalls;
import io.xenpatch.xapi.PoolUpdateCalls;
import io.xenpatch.xapi.TaskCalls;
import io.xenpatch.xapi.VmCalls;
import io.xenpatch.xapi.XapiCall;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The effect of each message, as the port declares it: nothing else decides what may be repeated. */
final class Effects {
    private static final Map<String, Effect> DECLARED = Stream.of(
                    PoolCalls.class,
                    HostCalls.class,
                    VmCalls.class,
                    PoolUpdateCalls.class,
                    PbdCalls.class,
                    TaskCalls.class)
            .flatMap(port -> Arrays.stream(port.getMethods()))
            .flatMap(method -> Optional.ofNullable(method.getAnnotation(XapiCall.class)).stream())
            .collect(Collectors.toUnmodifiableMap(XapiCall::value, XapiCall::effect, Effects::same));

    private Effects() {}

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
