package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.PoolMirror;
import io.xenpatch.xapi.XapiCall;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.DriveSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One way to ask a pool something, found by reflection, so that none is forgotten.
 *
 * @param port the method of {@link XapiPool} that gives the object it belongs to
 */
record PortMethod(Method port, Method method) {

    /** Every abstract method of every interface that a pool hands out. */
    static List<PortMethod> all() {
        return Arrays.stream(XapiPool.class.getMethods())
                .filter(port -> port.getReturnType().isInterface())
                .flatMap(port -> Arrays.stream(port.getReturnType().getMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        // what a mirror already knows it tells without asking
                        .filter(method -> !method.getName().equals("present"))
                        .map(method -> new PortMethod(port, method)))
                .sorted(Comparator.comparing(each -> each.method().toString()))
                .toList();
    }

    /** The message whose sending is looked at. */
    String message() {
        return declared().value();
    }

    Effect effect() {
        return declared().effect();
    }

    private XapiCall declared() {
        return Objects.requireNonNull(method.getAnnotation(XapiCall.class), () -> this + " names no message");
    }

    /** It is fetched by HTTP, without a message. */
    boolean isDocument() {
        return message().startsWith("GET ");
    }

    /** The mirror is asked again by whoever follows the pool, with a pause of their own. */
    boolean isRepeatedByItsCaller() {
        return method.getDeclaringClass() == PoolMirror.class;
    }

    /** It is called until it has an answer. */
    private boolean isPolled() {
        return method.getName().startsWith("poll");
    }

    /** A host that does not tell its certificate is no failure of the question about all of them. */
    boolean toleratesFailures() {
        return method.getName().equals("certificates");
    }

    /** @return how the call failed, null when it did not */
    @Nullable
    Throwable failureOf(XapiPool pool, PoolSnapshot has, @Nullable VdiUuid image) {
        try {
            var arguments = Arrays.stream(method.getParameterTypes())
                    .map(type -> type == VdiUuid.class ? Objects.requireNonNull(image) : argument(type, has))
                    .toArray();
            Object answer = method.invoke(port.invoke(pool), arguments);
            while (isPolled() && answer instanceof Optional<?> given && given.isEmpty()) {
                Thread.yield();
                answer = method.invoke(port.invoke(pool), arguments);
            }
            if (answer instanceof CompletableFuture<?> later) {
                later.join();
            }
            return null;
        } catch (InvocationTargetException | CompletionException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError("a port is public", e);
        }
    }

    /** Something that the pool has, by type: the next method of the port gets its arguments from here too. */
    private static Object argument(Class<?> type, PoolSnapshot has) {
        if (type == HostUuid.class) {
            return has.coordinator();
        } else if (type == VmUuid.class) {
            return has.vms().get(0).uuid();
        } else if (type == UpdateUuid.class) {
            return has.updates().get(0).uuid();
        } else if (type == PbdUuid.class) {
            return has.hosts().get(0).storage().get(0).pbd();
        } else if (type == VbdUuid.class) {
            return has.vms().stream()
                    .flatMap(vm -> vm.drives().stream())
                    .map(DriveSnapshot::uuid)
                    .findFirst()
                    .orElseThrow();
        } else if (type == Set.class) {
            return Set.of(has.srs().get(0).uuid());
        } else if (type == Map.class) {
            return Map.of("timeout", "60");
        } else if (type == long.class) {
            return 1L;
        } else if (type == NewVdi.class) {
            return image(has);
        } else if (type == String.class) {
            return "a text";
        } else if (type == XapiTaskRef.class) {
            return new XapiTaskRef("OpaqueRef:of-a-task");
        } else if (type == boolean.class) {
            return false;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == XapiTask.Succeeded.class) {
            return new XapiTask.Succeeded("<value><struct><member><name>OpaqueRef:of-a-guest</name><value><array><data>"
                    + "<value>VM_LACKS_FEATURE</value></data></array></value></member></struct></value>");
        }
        throw new AssertionError("say which " + type.getSimpleName() + " to pass");
    }

    static NewVdi image(PoolSnapshot has) {
        return new NewVdi(has.srs().get(0).uuid(), "image", "of a test", 4096, Map.of());
    }

    /** Whether an image must be there that nothing uses. */
    boolean needsImage() {
        return Arrays.asList(method.getParameterTypes()).contains(VdiUuid.class);
    }

    static Stream<Class<?>> ports() {
        return all().stream().<Class<?>>map(each -> each.port().getReturnType()).distinct();
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
