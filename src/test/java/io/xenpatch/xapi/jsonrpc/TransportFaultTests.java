package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.NewVdi;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiCall;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that can go wrong on the way × everything that the port can ask: which failure it becomes, whether the call may have
 * happened, and how often it was really carried out. Methods are found by reflection, so none is forgotten.
 */
class TransportFaultTests {
    private static final XapiProperties LIMITS = limits(Duration.ofSeconds(5));

    /** A call that hangs uses up what it has. */
    private static final XapiProperties SHORT = limits(Duration.ofMillis(600));

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int READ_TRIES = 3;
    /** The first time and two renewals of the session. */
    private static final int TURNED_AWAY = 3;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "faulty-gate");
        thread.setDaemon(true);
        return thread;
    });
    private static final Egress EGRESS = new Egress(new EgressProperties(CONNECT));
    private static final VirtualPool POOL = new VirtualPool(
            Scenario.of(Scenario.pool("faulty").hosts(1).vmsEach(1).update("LIVE")),
            Instant.parse("2026-11-23T01:00:00Z"));

    private static @Nullable PoolSnapshot seen;
    private static @Nullable VdiUuid image;

    private static XapiProperties limits(Duration each) {
        return new XapiProperties(each, each, true);
    }

    @BeforeAll
    static void look() {
        try (var pool = POOL.connect()) {
            seen = pool.pool().observe();
            image = create(pool);
        }
    }

    /** An image that nothing uses. */
    private static VdiUuid create(XapiPool pool) {
        var task = pool.vdis().create(vdi());
        POOL.advanceTo(POOL.instant().plusSeconds(1));
        return pool.vdis()
                .created((XapiTask.Succeeded) pool.tasks().observe(task))
                .orElseThrow();
    }

    private static NewVdi vdi() {
        return new NewVdi(snapshot().srs().get(0).uuid(), "image", "of a test", 4096, Map.of());
    }

    @AfterAll
    static void stop() {
        EGRESS.close();
        THREADS.shutdownNow();
    }

    /** The methods of every port that a pool has. */
    static Stream<Method> methods() {
        return ports().flatMap(port -> Arrays.stream(port.getReturnType().getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toString));
    }

    private static Stream<Method> ports() {
        return Arrays.stream(XapiPool.class.getMethods())
                .filter(method -> method.getReturnType().getSimpleName().endsWith("Calls"));
    }

    static Stream<Arguments> everyFaultAndMethod() {
        return Arrays.stream(TransportFault.values())
                .flatMap(fault -> methods().map(method -> arguments(fault, name(method), method)));
    }

    static Stream<Arguments> everyPassingFaultAndMethod() {
        var passing = EnumSet.allOf(TransportFault.class);
        // these end a call at once, whatever comes later
        passing.removeAll(Set.of(
                TransportFault.HANG,
                TransportFault.WRONG_CERTIFICATE,
                TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION,
                TransportFault.HOST_STILL_BOOTING));
        return passing.stream().flatMap(fault -> methods().map(method -> arguments(fault, name(method), method)));
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    @Test
    void portHasTheMethodsOfSixClasses() {
        assertThat(ports().map(Method::getReturnType).map(Class::getSimpleName))
                .contains("PoolCalls", "HostCalls", "VmCalls", "PoolUpdateCalls", "PbdCalls", "TaskCalls");
        assertThat(methods()).hasSizeGreaterThanOrEqualTo(19);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyFaultAndMethod")
    void faultThatStaysBecomesItsFailureAndTheCallIsRepeatedOnlyAsItsEffectAllows(
            TransportFault fault, String name, Method method) throws Exception {
        try (var run = new Run(method, fault == TransportFault.HANG ? SHORT : LIMITS)) {
            var failure = run.with(fault, false);

            var tries = tries(fault, run.effect());
            assertThat(run.gate.arrived())
                    .as("how often it was read")
                    .isEqualTo(fault.reaches() == TransportFault.Reaches.NOBODY ? 0 : tries);
            assertThat(run.gate.executed())
                    .as("how often it was carried out")
                    .isEqualTo(fault.reaches() == TransportFault.Reaches.THE_POOL ? tries : 0);
            assertSurelyRight(run, fault, failure);
        }
    }

    /** What every method but one answers; the certificates of hosts that don't answer stay what they were. */
    private static void assertSurelyRight(Run run, TransportFault fault, @Nullable Throwable failure) {
        if (run.toleratesFailures()) {
            assertThat(failure).isNull();
            assertThat(run.pool.access().pins()).containsExactly(run.pin);
            return;
        }
        assertThat(failure).isInstanceOf(expected(fault));
        assertThat(((XapiFailure) Objects.requireNonNull(failure)).mayHaveHappened())
                .as("mayHaveHappened() of %s", failure)
                .isEqualTo(mayHaveHappened(fault));
        if (failure instanceof XapiFailure.Refused refused) {
            assertThat(refused.code()).isEqualTo(fault.name());
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("everyPassingFaultAndMethod")
    void faultThatPassesIsSurvivedWhereTheEffectAllowsAndNothingHappensTwiceThatMustNot(
            TransportFault fault, String name, Method method) throws Exception {
        try (var run = new Run(method, fault == TransportFault.HANG ? SHORT : LIMITS)) {
            var failure = run.with(fault, true);

            var survives = survives(fault, run.effect());
            var before = fault.reaches() == TransportFault.Reaches.THE_POOL ? 1 : 0;
            assertThat(run.gate.executed()).as("how often it was carried out").isEqualTo(before + (survives ? 1 : 0));
            if (survives || run.toleratesFailures()) {
                // the server says something else about certificates here: it has none to tell of
                assertThat(failure).isNull();
            } else {
                assertSurelyRight(run, fault, failure);
            }
        }
    }

    private static int tries(TransportFault fault, Effect effect) {
        return switch (fault) {
            case SESSION_INVALID, HOST_IS_SLAVE -> TURNED_AWAY;
            case HANG, HOST_STILL_BOOTING, WRONG_CERTIFICATE, WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION -> 1;
            default -> effect == Effect.READ ? READ_TRIES : 1;
        };
    }

    private static boolean survives(TransportFault fault, Effect effect) {
        return switch (fault) {
            case SESSION_INVALID, HOST_IS_SLAVE -> true;
            case CONNECTION_REFUSED, TLS_FAILURE -> effect != Effect.ONCE;
            default -> effect == Effect.READ;
        };
    }

    private static Class<? extends XapiFailure> expected(TransportFault fault) {
        return switch (fault) {
            case CONNECTION_REFUSED, TLS_FAILURE -> XapiFailure.Unreachable.class;
            case WRONG_CERTIFICATE, WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION -> XapiFailure.CertificateRefused.class;
            case SESSION_INVALID, HOST_IS_SLAVE, HOST_STILL_BOOTING -> XapiFailure.Refused.class;
            default -> XapiFailure.AnswerLost.class;
        };
    }

    private static boolean mayHaveHappened(TransportFault fault) {
        return switch (fault) {
            case CONNECTION_REFUSED,
                    TLS_FAILURE,
                    WRONG_CERTIFICATE,
                    SESSION_INVALID,
                    HOST_IS_SLAVE,
                    HOST_STILL_BOOTING -> false;
            default -> true;
        };
    }

    /** One method called once, through a gate of its own. */
    private static final class Run implements AutoCloseable {
        private final Method method;
        private final XapiCall declared;
        private final FaultyGate gate;
        private final ArmingTransport transport;
        private final HostPin pin;
        private final XapiPool pool;

        Run(Method method, XapiProperties limits) throws IOException {
            this.method = method;
            this.declared =
                    Objects.requireNonNull(method.getAnnotation(XapiCall.class), () -> method + " has no effect");
            this.gate = new FaultyGate(POOL, declared.value(), THREADS);
            this.transport = new ArmingTransport(gate, declared.value());
            this.pin = new HostPin(snapshot().coordinator(), gate.endpoint(), FaultyGate.RIGHT.fingerprint());
            this.pool = new JsonRpcConnections(transport, limits)
                    .open(new PoolAccess(gate.endpoint(), new Credentials("root", "simulated"), List.of(pin), null));
        }

        Effect effect() {
            return declared.effect();
        }

        /** A host that does not tell its certificate is no failure of the question about all of them. */
        boolean toleratesFailures() {
            return method.getName().equals("certificates");
        }

        /** @return how the call failed, null when it did not */
        @Nullable
        Throwable with(TransportFault fault, boolean passes) throws ReflectiveOperationException {
            transport.arm(fault, passes);
            var port = ports().filter(each -> each.getReturnType() == method.getDeclaringClass())
                    .findFirst()
                    .orElseThrow()
                    .invoke(pool);
            var arguments = Arrays.stream(method.getParameterTypes())
                    .map(TransportFaultTests::argument)
                    .toArray();
            var thrown = catchThrowable(() -> method.invoke(port, arguments));
            return thrown instanceof InvocationTargetException target ? target.getCause() : thrown;
        }

        @Override
        public void close() throws IOException {
            gate.close();
        }
    }

    private static PoolSnapshot snapshot() {
        return Objects.requireNonNull(seen);
    }

    /** Something that the pool has, by type: the next method of the port gets its arguments from here too. */
    private static Object argument(Class<?> type) {
        if (type == HostUuid.class) {
            return snapshot().coordinator();
        } else if (type == VmUuid.class) {
            return snapshot().vms().get(0).uuid();
        } else if (type == UpdateUuid.class) {
            return snapshot().updates().get(0).uuid();
        } else if (type == PbdUuid.class) {
            return snapshot().hosts().get(0).storage().get(0).pbd();
        } else if (type == VdiUuid.class) {
            return Objects.requireNonNull(image);
        } else if (type == NewVdi.class) {
            return vdi();
        } else if (type == String.class) {
            return "a text";
        } else if (type == XapiTaskRef.class) {
            return new XapiTaskRef("OpaqueRef:of-a-task");
        } else if (type == boolean.class) {
            return true;
        } else if (type == XapiTask.Succeeded.class) {
            return new XapiTask.Succeeded("<value><struct><member><name>OpaqueRef:of-a-guest</name><value><array><data>"
                    + "<value>VM_LACKS_FEATURE</value></data></array></value></member></struct></value>");
        }
        throw new AssertionError("say which " + type.getSimpleName() + " to pass");
    }

    /** Lets the fault begin when the call itself is about to be sent, not what prepares it; no time passes in pauses. */
    private static final class ArmingTransport implements JsonRpcTransport {
        private final JsonRpcTransport wire = new HttpTransport(EGRESS);
        private final FaultyGate gate;
        private final String message;
        private @Nullable TransportFault waiting;
        private boolean passes;
        private boolean struck;

        ArmingTransport(FaultyGate gate, String message) {
            this.gate = gate;
            this.message = message;
        }

        synchronized void arm(TransportFault fault, boolean passesAfterwards) {
            waiting = fault;
            passes = passesAfterwards;
        }

        @Override
        public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
            var method = JsonMapper.shared().readTree(body).get("method").stringValue();
            if (!FaultyGate.bare(method).equals(message)) {
                return wire.send(endpoint, accepted, body, limit);
            }
            begin(endpoint, body);
            return wire.send(endpoint, accepted, body, limit).whenComplete((answer, failure) -> end());
        }

        private synchronized void begin(Endpoint endpoint, byte[] body) {
            if (waiting == null) {
                return;
            }
            var fault = waiting;
            waiting = null;
            struck = true;
            try {
                gate.arm(fault);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (fault == TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION) {
                // somebody else trusts the stranger, and leaves a connection behind
                var other = JsonRpc.request("session.login_with_password", List.of("root", "theirs"));
                wire.send(endpoint, Set.of(FaultyGate.STRANGER.fingerprint()), other, CONNECT)
                        .join();
            }
        }

        private synchronized void end() {
            if (struck && passes) {
                passes = false;
                gate.heal();
            }
        }

        @Override
        public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
            return wire.presentedBy(endpoint, limit);
        }

        @Override
        public CompletableFuture<Void> pause(Duration length) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
