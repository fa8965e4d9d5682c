package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.pool.HostAddress;
import io.xenpatch.simulator.pool.Journal;
import io.xenpatch.simulator.pool.SimulatedPool;
import io.xenpatch.simulator.rpc.Answer;
import io.xenpatch.simulator.rpc.JsonRpc;
import io.xenpatch.simulator.rpc.MalformedRequest;
import io.xenpatch.simulator.rpc.PendingAnswer;
import io.xenpatch.simulator.rpc.RpcCall;
import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VmUuid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulated pool and the adapter to it in one thread and in virtual time: no socket, no real waiting. A call that takes a while
 * moves the time forward until it is answered. Faults of the wire that are not named in {@link #send} are refused.
 */
public final class VirtualPool implements JsonRpcTransport, InstantSource {
    private static final int PORT = 443;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Journal journal = new Journal();
    private final SimulatedPool pool;
    private final PoolScenario scenario;
    private final Map<CompletableFuture<?>, Integer> inFlight = new HashMap<>();
    private final Aliases aliases = new Aliases();
    private final List<String> addresses = new ArrayList<>();
    private Instant now;
    private Instant cutOffUntil = Instant.MIN;

    /** @param scenario its first pool is simulated */
    public VirtualPool(Scenario scenario, Instant start) {
        this.now = start;
        IntStream.range(0, scenario.pools().get(0).hosts())
                .mapToObj(HostAddress::of)
                .forEach(addresses::add);
        this.scenario = scenario.pools().get(0);
        this.pool = new SimulatedPool(scenario, this.scenario, journal, start, this::connectionsLost);
    }

    /** The adapter's connection to it, which knows where all hosts are. */
    public XapiPool connect() {
        return connect(new Credentials(scenario.username(), scenario.password()));
    }

    /**
     * A connection that somebody disturbs.
     *
     * @param wire asked before and told after each call, in the thread of the caller
     */
    public XapiPool connect(Wire wire) {
        return connect(new DisturbedTransport(this, wire), new Credentials(scenario.username(), scenario.password()));
    }

    /** What happens to calls on their way. */
    public interface Wire {
        /** @return what becomes of it; may also throw, as a process that dies */
        Fate before(String method);

        /** The call has been answered, and the caller is about to learn it; may throw. */
        void after(String method);
    }

    /** What becomes of a call. */
    public enum Fate {
        ARRIVES,
        /** It never reaches the pool. */
        DROPPED,
        /** It happens, and nobody learns it. */
        ANSWER_LOST
    }

    /** A person does something to a host, in a session of their own. @param params after the host */
    public void personOnHost(String method, int host, Object... params) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        List<Object> all = new ArrayList<>(List.of(
                session, text(call("host.get_by_uuid", session, hostUuids().get(host)))));
        all.addAll(List.of(params));
        call(method, all.toArray());
    }

    /** The network between us and the pool is cut for so long; in the pool life goes on. */
    public void cutOff(Duration length) {
        cutOffUntil = now.plus(length);
    }

    /** Nobody is at a host's address any more: it has another one. */
    public void move(int host, String address) {
        addresses.set(host, address);
    }

    /** From now on every object has another reference, and nobody knows the former ones. */
    public void changeReferences() {
        aliases.change();
    }

    /** The same, as somebody else. */
    public XapiPool connect(Credentials user) {
        return connect(this, user);
    }

    private XapiPool connect(JsonRpcTransport transport, Credentials user) {
        List<HostPin> hosts = IntStream.range(0, scenario.hosts())
                .mapToObj(host -> new HostPin(HostUuid.of(hostUuids().get(host)), endpoint(host), "without TLS"))
                .toList();
        return new JsonRpcConnections(
                        transport, new XapiProperties(Duration.ofSeconds(5), Duration.ofSeconds(15), true))
                .open(new PoolAccess(endpoint(0), user, hosts, null));
    }

    private Endpoint endpoint(int host) {
        return new Endpoint(addresses.get(host), PORT, false);
    }

    public List<JournalEntry> journal() {
        return journal.after(0, null);
    }

    /** Uuids of the hosts, coordinator first. */
    public List<String> hostUuids() {
        return pool.hostUuids();
    }

    public void inject(Fault fault) {
        pool.inject(fault, now);
    }

    /** A person does something to a guest, in a session of their own; what takes a while goes on by itself. */
    public void person(String method, VmUuid guest, Object... params) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        List<Object> all = new ArrayList<>(List.of(session, text(call("VM.get_by_uuid", session, guest.toString()))));
        all.addAll(List.of(params));
        call(method, all.toArray());
    }

    /** A person does something to the pool. @param params after the pool, in a session of their own */
    public void personOnPool(String method, Object... params) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        String only = ((List<?>) value(call("pool.get_all", session))).get(0).toString();
        List<Object> all = new ArrayList<>(List.of(session, only));
        all.addAll(List.of(params));
        call(method, all.toArray());
    }

    /** A person turns high availability on. @param sr the name of the storage of its heartbeat */
    public void enableHa(String sr) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        call("Async.pool.enable_ha", session, List.of(first("SR", sr, session)), Map.of());
    }

    /** A person puts a disc of their own into an empty drive. */
    public void insertAnother(VbdUuid drive) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        Map<String, Object> disc = Map.of(
                "SR", first("SR", "Shared storage", session), "name_label", "mine.iso", "virtual_size", 1L << 20);
        String made = text(call("VDI.create", session, disc));
        call("VBD.insert", session, text(call("VBD.get_by_uuid", session, drive.toString())), made);
    }

    private String first(String type, String label, String session) {
        return ((List<?>) value(call(type + ".get_by_name_label", session, label)))
                .get(0)
                .toString();
    }

    /** A person moves a guest. @param host the position of the one that it goes to */
    public void migrate(VmUuid guest, int host) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        String target = text(call("host.get_by_uuid", session, hostUuids().get(host)));
        person("Async.VM.pool_migrate", guest, target, Map.of("live", "true"));
    }

    /** A person makes another host the coordinator; the first coordinator must still be it. @param host its position */
    public void designateCoordinator(int host) {
        String session = text(call("session.login_with_password", scenario.username(), scenario.password()));
        String next = text(call("host.get_by_uuid", session, hostUuids().get(host)));
        call("pool.designate_new_master", session, next);
    }

    private CompletableFuture<Answer> call(String method, Object... params) {
        return pool.call(0, new RpcCall(method, List.of(params)), now).answer();
    }

    private static Object value(CompletableFuture<Answer> answer) {
        return answer.join().<Object>fold(value -> value, failure -> failure, words -> words);
    }

    private static String text(CompletableFuture<Answer> answer) {
        return String.valueOf(answer.join().<Object>fold(value -> value, failure -> failure, words -> words));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets everything happen that is due until then; earlier moments change nothing. */
    public void advanceTo(Instant moment) {
        now = moment.isAfter(now) ? moment : now;
        pool.advanceTo(now);
    }

    /**
     * The first moment, not before a look that somebody wants to take, at which it may find something new.
     *
     * @param latest for time alone may be what is waited for
     */
    public Instant worthALook(Instant wanted, Instant latest) {
        pool.advanceTo(now);
        return pool.nextDue()
                .filter(next -> next.isBefore(latest))
                .map(next -> next.isAfter(wanted) ? next : wanted)
                .orElse(latest);
    }

    @Override
    public CompletableFuture<Void> pause(Duration length) {
        // always the same, so that a history can be played again: the adapter's pauses are random
        advanceTo(now.plus(PAUSE));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Response> send(Endpoint endpoint, Set<String> accepted, byte[] body, Duration limit) {
        pool.advanceTo(now);
        if (isAway(endpoint)) {
            return lost(endpoint, "connection reset");
        }
        int host = addresses.indexOf(endpoint.host());
        try {
            JsonRpc.Request request = JsonRpc.read(aliases.meant(body));
            RpcCall call = request.call().orElseThrow();
            Fault fault = pool.wireFault(host, call.method()).orElse(null);
            return fault == null ? answered(endpoint, host, request, call, limit) : struck(endpoint, host, call, fault);
        } catch (MalformedRequest e) {
            throw new AssertionError("the adapter sent something that is no request", e);
        }
    }

    private CompletableFuture<Response> struck(Endpoint endpoint, int host, RpcCall call, Fault fault) {
        switch (fault.fault()) {
            case CONNECTION_RESET -> pool.call(host, call, now);
            case DROP_BEFORE -> {
                // the call never reaches the pool
            }
            default -> throw new IllegalArgumentException(fault + " is not for a pool without a wire");
        }
        return lost(endpoint, fault.fault().name());
    }

    private CompletableFuture<Response> answered(
            Endpoint endpoint, int host, JsonRpc.Request request, RpcCall call, Duration limit) {
        CompletableFuture<Response> response = new CompletableFuture<>();
        inFlight.put(response, host);
        PendingAnswer pending = pool.call(host, call, now);
        var unused = pending.answer()
                .thenAccept(
                        answer -> response.complete(new Response(200, aliases.told(JsonRpc.write(answer, request)))));
        Instant end = now.plus(limit);
        Instant lastLook =
                pending.eventWait().map(wait -> now.plus(wait.timeout())).orElse(end);
        pending.eventWait().ifPresent(wait -> wait.look(false));
        while (!response.isDone()) {
            Instant until = now.isBefore(lastLook) ? lastLook : end;
            advanceTo(pool.nextDue().filter(next -> next.isBefore(until)).orElse(until));
            pending.eventWait().ifPresent(wait -> wait.look(!now.isBefore(lastLook)));
            if (!now.isBefore(end)) {
                response.completeExceptionally(new XapiFailure.AnswerLost("no answer from " + endpoint + " in time"));
            }
        }
        inFlight.remove(response);
        return response;
    }

    /** Of documents there is only the list of a repository's updates. */
    @Override
    public CompletableFuture<Document> fetch(Session session, Set<String> accepted, Fetch<?> fetch) {
        pool.advanceTo(now);
        if (isAway(session.endpoint())) {
            return lost(session.endpoint(), "connection reset");
        }
        int host = addresses.indexOf(session.endpoint().host());
        String ref = aliases.meant(session.ref());
        if (!pool.isOpenSession(ref)) {
            return CompletableFuture.completedFuture(page(401, "HTTP 401 unauthorised"));
        }
        CompletableFuture<Document> document = new CompletableFuture<>();
        inFlight.put(document, host);
        var unused =
                pool.updates(host, ref, pool.hostRefs(), now).thenAccept(answer -> document.complete(document(answer)));
        Instant end = now.plus(fetch.deadline().left());
        while (!document.isDone()) {
            advanceTo(pool.nextDue().filter(next -> next.isBefore(end)).orElse(end));
            if (!now.isBefore(end)) {
                document.completeExceptionally(
                        new XapiFailure.AnswerLost("no answer from " + session.endpoint() + " in time"));
            }
        }
        inFlight.remove(document);
        return document;
    }

    private static Document document(Answer answer) {
        return answer.fold(
                value -> new Document(200, "", JsonMapper.shared().writeValueAsBytes(value)),
                failure -> page(500, failure.code() + ": [ " + String.join("; ", failure.params()) + " ]"),
                words -> page(500, String.join(" ", words)));
    }

    private static Document page(int status, String words) {
        return new Document(status, "", words.getBytes(StandardCharsets.UTF_8));
    }

    private void connectionsLost(int host) {
        inFlight.forEach((response, at) -> {
            if (at == host) {
                response.completeExceptionally(
                        new XapiFailure.AnswerLost("the connection to " + HostAddress.of(host) + " was reset"));
            }
        });
    }

    private boolean isAway(Endpoint endpoint) {
        int host = addresses.indexOf(endpoint.host());
        return now.isBefore(cutOffUntil) || host < 0 || !pool.listens(host);
    }

    private static <T> CompletableFuture<T> lost(Endpoint endpoint, String why) {
        return CompletableFuture.failedFuture(new XapiFailure.AnswerLost("no answer from " + endpoint + ": " + why));
    }

    @Override
    public CompletableFuture<String> presentedBy(Endpoint endpoint, Duration limit) {
        throw new IllegalStateException("there is no certificate without TLS");
    }
}
