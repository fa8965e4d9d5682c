package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.HostPin;
import io.xenpatch.xapi.XapiFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;

/**
 * One search for the coordinator and a session there: where it was last, else at the other pinned hosts, along their
 * {@code HOST_IS_SLAVE}. Nothing that fails here can have changed anything, so a lost answer is "unreachable".
 */
final class Login {
    private static final String ORIGINATOR = "xenpatch";

    private final JsonRpcTransport transport;
    private final Trust trust;
    private final Credentials credentials;
    private final boolean known;
    private final Deadline deadline;
    private final Set<Endpoint> visited = new LinkedHashSet<>();

    /** @param known whether XAPI was met there before: then an answer that makes no sense is a disturbance */
    Login(JsonRpcTransport transport, Trust trust, Credentials credentials, boolean known, Deadline deadline) {
        this.transport = transport;
        this.trust = trust;
        this.credentials = credentials;
        this.known = known;
        this.deadline = deadline;
    }

    CompletableFuture<Session> from(Endpoint first) {
        return at(first, others(first).isEmpty() ? deadline : deadline.half()).exceptionallyCompose(thrown -> {
            var failure = WireFailure.toXapi(first, thrown);
            return isTheCoordinatorsWord(failure) ? CompletableFuture.failedFuture(failure) : elsewhere(failure);
        });
    }

    /**
     * Only a coordinator judges a password, and asking on could lock the account. Silence, a stranger's certificate, something that is
     * not XAPI or a toolstack that still boots may all be what is left where the coordinator was.
     */
    private static boolean isTheCoordinatorsWord(XapiFailure failure) {
        return failure instanceof XapiFailure.AuthenticationFailed;
    }

    private List<Endpoint> others(Endpoint first) {
        return trust.pins().stream()
                .map(HostPin::endpoint)
                .filter(endpoint -> !endpoint.equals(first))
                .toList();
    }

    /** Asks one host after the other; the failure that stays is the first one. */
    private CompletableFuture<Session> elsewhere(XapiFailure failure) {
        var next = trust.pins().stream()
                .map(HostPin::endpoint)
                .filter(endpoint -> !visited.contains(endpoint))
                .findFirst();
        if (next.isEmpty() || deadline.isOver()) {
            return CompletableFuture.failedFuture(failure);
        }
        return at(next.get(), deadline.half()).exceptionallyCompose(thrown -> {
            var other = WireFailure.toXapi(next.get(), thrown);
            return isTheCoordinatorsWord(other) ? CompletableFuture.failedFuture(other) : elsewhere(failure);
        });
    }

    private CompletableFuture<Session> at(Endpoint endpoint, Deadline limit) {
        if (!visited.add(endpoint)) {
            return CompletableFuture.failedFuture(new XapiFailure.Unreachable(
                    "the coordinator is said to be " + endpoint + ", which does not answer"));
        }
        return meet(endpoint, limit)
                .thenCompose(met -> transport.send(endpoint, trust.acceptedAt(endpoint), request(), limit.left()))
                .thenApply(response -> session(endpoint, response))
                .exceptionallyCompose(failure -> follow(endpoint, WireFailure.toXapi(endpoint, failure), limit));
    }

    private CompletableFuture<Void> meet(Endpoint endpoint, Deadline limit) {
        return trust.mustLookFirst(endpoint)
                ? transport.presentedBy(endpoint, limit.left()).thenAccept(presented -> trust.meet(endpoint, presented))
                : CompletableFuture.completedFuture(null);
    }

    private byte[] request() {
        return JsonRpc.request(
                "session.login_with_password",
                List.of(credentials.username(), credentials.password(), "1.0", ORIGINATOR));
    }

    private Session session(Endpoint endpoint, JsonRpcTransport.Response response) {
        if (response.status() != 200) {
            throw nonsense(endpoint, "HTTP " + response.status());
        }
        try {
            return new Session(endpoint, JsonRpc.read(response.body(), JsonRpc.as(String.class)));
        } catch (JacksonException e) {
            throw nonsense(endpoint, "no JSON-RPC");
        }
    }

    private XapiFailure nonsense(Endpoint endpoint, String what) {
        return known
                ? new XapiFailure.Unreachable(endpoint + " answers " + what)
                : new XapiFailure.NotXapi(endpoint + " answers " + what);
    }

    private CompletableFuture<Session> follow(Endpoint endpoint, XapiFailure failure, Deadline limit) {
        if (failure instanceof XapiFailure.Refused refused) {
            return switch (refused.code()) {
                case Redirect.CODE ->
                    Redirect.from(endpoint, refused)
                            .map(coordinator -> at(coordinator, limit))
                            .orElseGet(() -> CompletableFuture.failedFuture(refused));
                case "SESSION_AUTHENTICATION_FAILED", "RBAC_PERMISSION_DENIED" ->
                    CompletableFuture.failedFuture(new XapiFailure.AuthenticationFailed(
                            endpoint + " refuses user " + credentials.username() + " (" + refused.code() + ")"));
                default -> CompletableFuture.failedFuture(refused);
            };
        }
        return CompletableFuture.failedFuture(
                failure instanceof XapiFailure.AnswerLost
                        ? new XapiFailure.Unreachable(String.valueOf(failure.getMessage()))
                        : failure);
    }
}
