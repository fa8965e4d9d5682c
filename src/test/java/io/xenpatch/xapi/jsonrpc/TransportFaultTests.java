package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can go wrong on the way × everything that the port can ask: which failure it becomes, whether the call may have
 * happened, and how often it was really carried out. The rows are played side by side before they are judged one by one.
 */
class TransportFaultTests {
    private static final int SIDE_BY_SIDE = 4;
    private static final int READ_TRIES = 3;
    /** The first time and two renewals of the session. */
    private static final int TURNED_AWAY = 3;

    private static final Set<TransportFault> RESETS =
            EnumSet.of(TransportFault.RESET_BEFORE_THE_CALL, TransportFault.RESET_AFTER_THE_CALL);

    private static final ExecutorService GATES = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "faulty-gate");
        thread.setDaemon(true);
        return thread;
    });
    private static final ExecutorService PLAYERS = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    private static final Egress EGRESS = new Egress(new EgressProperties(Duration.ofMinutes(1)));
    private static Map<FaultRow, CompletableFuture<FaultRow.Outcome>> played = Map.of();

    @BeforeAll
    static void play() {
        try (var pool = FaultRow.pool().connect()) {
            var has = pool.pool().observe();
            played = Stream.concat(everyFaultAndMethod(), everyPassingFaultAndMethod())
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), row -> inBackground(row, has)));
        }
    }

    private static CompletableFuture<FaultRow.Outcome> inBackground(FaultRow row, PoolSnapshot has) {
        return CompletableFuture.supplyAsync(() -> row.play(has, EGRESS, GATES), PLAYERS);
    }

    @AfterAll
    static void stop() {
        PLAYERS.shutdownNow();
        EGRESS.close();
        GATES.shutdownNow();
    }

    static Stream<FaultRow> everyFaultAndMethod() {
        return rows(EnumSet.allOf(TransportFault.class), false);
    }

    static Stream<FaultRow> everyPassingFaultAndMethod() {
        var passing = EnumSet.allOf(TransportFault.class);
        // these end a call at once, whatever comes later
        passing.removeAll(Set.of(
                TransportFault.WRONG_CERTIFICATE,
                TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION,
                TransportFault.HOST_STILL_BOOTING));
        return rows(passing, true);
    }

    private static Stream<FaultRow> rows(Set<TransportFault> faults, boolean pass) {
        return faults.stream()
                .flatMap(fault -> PortMethod.all().stream().map(method -> new FaultRow(fault, pass, method)));
    }

    private static FaultRow.Outcome outcome(FaultRow row) {
        return Objects.requireNonNull(played.get(row)).join();
    }

    @Test
    void everythingThatAPoolCanBeAskedIsInTheTable() {
        assertThat(PortMethod.ports().map(Class::getSimpleName))
                .containsExactlyInAnyOrder(
                        "PoolCalls",
                        "HostCalls",
                        "VmCalls",
                        "PoolUpdateCalls",
                        "RepositoryCalls",
                        "PackageCalls",
                        "PbdCalls",
                        "VbdCalls",
                        "TaskCalls",
                        "VdiCalls",
                        "SrCalls",
                        "PoolMirror");
        assertThat(PortMethod.all()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(played.keySet().stream()
                        .filter(row -> !row.passes())
                        .map(FaultRow::method)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(PortMethod.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyFaultAndMethod")
    void faultThatStaysBecomesItsFailureAndTheCallIsRepeatedOnlyAsItsEffectAllows(FaultRow row) {
        var outcome = outcome(row);

        var tries = tries(row.fault(), row.method()) * sendings(row);
        assertThat(outcome.arrived())
                .as("how often it was read")
                .isEqualTo(row.fault().reaches() == TransportFault.Reaches.NOBODY ? 0 : tries);
        assertThat(outcome.executed())
                .as("how often it was carried out")
                .isEqualTo(row.fault().reaches() == TransportFault.Reaches.THE_POOL ? tries : 0);
        assertSurelyRight(row, outcome);
    }

    /** What every method but one answers; the certificates of hosts that don't answer stay what they were. */
    private static void assertSurelyRight(FaultRow row, FaultRow.Outcome outcome) {
        if (row.method().toleratesFailures()) {
            assertThat(outcome.failure()).isNull();
            assertThat(outcome.samePins()).isTrue();
            return;
        }
        assertThat(outcome.failure()).isInstanceOf(expected(row.fault()));
        assertThat(((XapiFailure) Objects.requireNonNull(outcome.failure())).mayHaveHappened())
                .as("mayHaveHappened() of %s", outcome.failure())
                .isEqualTo(mayHaveHappened(row.fault()));
        if (outcome.failure() instanceof XapiFailure.Refused refused) {
            assertThat(refused.code()).isEqualTo(row.fault().name());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyPassingFaultAndMethod")
    void faultThatPassesIsSurvivedWhereTheEffectAllowsAndNothingHappensTwiceThatMustNot(FaultRow row) {
        var outcome = outcome(row);

        var survives = survives(row.fault(), row.method());
        var before = row.fault().reaches() == TransportFault.Reaches.THE_POOL ? sendings(row) : 0;
        assertThat(outcome.executed()).as("how often it was carried out").isEqualTo(before + (survives ? 1 : 0));
        if (survives || row.method().toleratesFailures()) {
            // the server says something else about certificates here: it has none to tell of
            assertThat(outcome.failure()).isNull();
        } else {
            assertSurelyRight(row, outcome);
        }
    }

    private static int tries(TransportFault fault, PortMethod method) {
        return switch (fault) {
            case SESSION_INVALID, HOST_IS_SLAVE -> method.isRepeatedByItsCaller() ? 2 : TURNED_AWAY;
            case HOST_STILL_BOOTING, WRONG_CERTIFICATE, WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION -> 1;
            default -> isRepeated(method) ? READ_TRIES : 1;
        };
    }

    /** The JDK's client sends a GET once more by itself when its connection is reset before an answer. It changes nothing. */
    private static int sendings(FaultRow row) {
        return row.method().isDocument() && RESETS.contains(row.fault()) ? 2 : 1;
    }

    private static boolean isRepeated(PortMethod method) {
        return method.effect() == Effect.READ && !method.isRepeatedByItsCaller();
    }

    private static boolean survives(TransportFault fault, PortMethod method) {
        return switch (fault) {
            case SESSION_INVALID, HOST_IS_SLAVE -> true;
            case CONNECTION_REFUSED, TLS_FAILURE -> method.effect() == Effect.IDEMPOTENT || isRepeated(method);
            default -> isRepeated(method);
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
                    WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION,
                    SESSION_INVALID,
                    HOST_IS_SLAVE,
                    HOST_STILL_BOOTING -> false;
            default -> true;
        };
    }
}
