package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.egress.Egress;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.VdiUuid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One method called once while one thing goes wrong.
 *
 * @param passes whether all is well again from the second time on
 */
record FaultRow(TransportFault fault, boolean passes, PortMethod method) {
    /** So long that nothing ends because the machine is busy. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final XapiProperties LIMITS = new XapiProperties(LONG, LONG, false);

    /** A pool of its own for every row: what one asks for must not disturb another. */
    static VirtualPool pool() {
        return new VirtualPool(
                Scenario.of(Scenario.pool("faulty")
                        .profile(Profile.XENSERVER_8)
                        .hosts(1)
                        .vmsEach(1)
                        .update("LIVE")),
                Instant.parse("2026-11-23T01:00:00Z"));
    }

    /** @param has what every {@link #pool} has */
    Outcome play(PoolSnapshot has, Egress egress, ExecutorService threads) {
        var pool = pool();
        var image = method.needsImage() ? image(pool, has) : null;
        try (var gate = new FaultyGate(pool, method.message(), threads)) {
            var pin = new HostPin(has.coordinator(), gate.endpoint(), FaultyGate.RIGHT.fingerprint());
            var connection = new JsonRpcConnections(new ArmingTransport(gate, new HttpTransport(egress)), LIMITS)
                    .open(new PoolAccess(gate.endpoint(), new Credentials("root", "simulated"), List.of(pin), null));
            var failure = method.failureOf(connection, has, image);
            return new Outcome(
                    gate.arrived(),
                    gate.executed(),
                    failure,
                    connection.access().pins().equals(List.of(pin)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image that nothing uses. */
    private static VdiUuid image(VirtualPool pool, PoolSnapshot has) {
        try (var xapi = pool.connect()) {
            var task = xapi.vdis().create(PortMethod.image(has));
            pool.advanceTo(pool.instant().plusSeconds(1));
            var done = (XapiTask.Succeeded) xapi.tasks().observe(task);
            return xapi.vdis().created(done).orElseThrow();
        }
    }

    @Override
    public String toString() {
        return fault + (passes ? " once in " : " in ") + method;
    }

    /**
     * What came of it.
     *
     * @param arrived how often the message was read
     * @param executed how often the pool was made to carry it out
     * @param failure null when the call succeeded
     * @param samePins whether what is trusted is still the same
     */
    record Outcome(int arrived, int executed, @Nullable Throwable failure, boolean samePins) {}

    /**
     * Lets the fault begin when the call itself is about to be sent: what prepares it reaches the pool without a wire. No time passes
     * in pauses, and the time of a call that hangs is over as soon as it does.
     */
    private final class ArmingTransport implements JsonRpcTransport {
        private final FaultyGate gate;
        private final JsonRpcTransport wire;
        private boolean struck;

        ArmingTransport(FaultyGate gate, JsonRpcTransport wire) {
            this.gate = gate;
            this.wire = wire;
        }

        @Override
        public synchronized CompletableFuture<Response> send(
                Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
            var name = JsonMapper.shared().readTree(body).get("method").stringValue();
            if (!FaultyGate.bare(name).equals(method.message())) {
                return struck ? wire.send(endpoint, accepted, body, limit) : gate.withoutWire(body);
            }
            return spoilt(endpoint, () -> wire.send(endpoint, accepted, body, limit));
        }

        @Override
        public synchronized CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
            return spoilt(session.endpoint(), () -> wire.fetch(session, accepted, fetch));
        }

        private <T> CompletableFuture<T> spoilt(Endpoint endpoint, Supplier<CompletableFuture<T>> exchange) {
            if (!struck) {
                begin(endpoint);
            }
            var hung = gate.nextHang();
            return exchange.get()
                    .applyToEither(hung.thenCompose(hangs -> this.<T>timedOut(endpoint)), answer -> answer)
                    .whenComplete((answer, failure) -> end());
        }

        private <T> CompletableFuture<T> timedOut(Endpoint endpoint) {
            return CompletableFuture.failedFuture(
                    WireFailure.toXapi(endpoint, new HttpTimeoutException("request timed out")));
        }

        private void begin(Endpoint endpoint) {
            struck = true;
            try {
                gate.arm(fault);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (fault == TransportFault.WRONG_CERTIFICATE_ON_AN_IDLE_CONNECTION) {
                // somebody else trusts the stranger, and leaves a connection behind
                var other = JsonRpc.request("session.login_with_password", List.of("root", "theirs"));
                wire.send(endpoint, Set.of(FaultyGate.STRANGER.fingerprint()), other, LONG)
                        .join();
            }
        }

        private synchronized void end() {
            if (passes) {
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
