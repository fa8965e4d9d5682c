package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiProperties;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the port's classes call: names in, values out, within the time limits, waiting for the answer. */
final class Calls {
    /** Every part of a call ends by itself in time; this much later something is broken. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Connection connection;
    private final References references;
    private final XapiProperties properties;

    Calls(Connection connection, XapiProperties properties) {
        this.connection = connection;
        this.references = new References(connection);
        this.properties = properties;
    }

    /** Reads, within the time of a read. */
    <T> T read(String method, JsonRpc.Result<T> result, Object... params) {
        return read(readDeadline(), method, result, params);
    }

    <T> T read(Deadline deadline, String method, JsonRpc.Result<T> result, Object... params) {
        return await(readLater(deadline, method, result, params), deadline);
    }

    <T> CompletableFuture<T> readLater(Deadline deadline, String method, JsonRpc.Result<T> result, Object... params) {
        return invoke(new Call<>(method, Effect.READ, List.of(params), result, deadline), true);
    }

    /** Fetches a document. @return fails with {@link XapiFailure} */
    <T> CompletableFuture<T> fetchLater(Fetch<T> fetch) {
        return connection
                .call(fetch)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(WireFailure.toXapi(endpoint(), thrown)));
    }

    /** Starts a task, within the time of a call. */
    XapiTaskRef start(String method, Object... params) {
        return start(callDeadline(), method, params);
    }

    XapiTaskRef start(Deadline deadline, String method, Object... params) {
        var call =
                new Call<>("Async." + method, Effects.of(method), List.of(params), JsonRpc.as(String.class), deadline);
        return new XapiTaskRef(await(invoke(call, true), deadline));
    }

    /** Does something that has no task, within the time of a call. @return what it answers */
    String perform(String method, Object... params) {
        var deadline = callDeadline();
        var call = new Call<>(method, Effects.of(method), List.of(params), JsonRpc.as(String.class), deadline);
        return await(invoke(call, true), deadline);
    }

    /** The uuid of an object; empty when there is no such object any more. */
    Optional<String> uuidOf(String type, String ref, Deadline deadline) {
        try {
            return Optional.of(read(deadline, type + ".get_uuid", JsonRpc.as(String.class), ref));
        } catch (XapiFailure.Refused e) {
            if ("HANDLE_INVALID".equals(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The next call that needs one of these references asks for it again. */
    void forget(List<String> wrongReferences) {
        references.forget(wrongReferences);
    }

    Deadline callDeadline() {
        return Deadline.in(properties.callTimeout());
    }

    Deadline readDeadline() {
        return Deadline.in(properties.readTimeout());
    }

    XapiProperties properties() {
        return properties;
    }

    Duration readTimeout() {
        return properties.readTimeout();
    }

    Connection connection() {
        return connection;
    }

    private <T> CompletableFuture<T> invoke(Call<T> call, boolean mayLookAgain) {
        return references
                .resolve(call.params(), call.deadline())
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(beforehand(thrown)))
                .thenCompose(params -> connection.call(
                        new Call<>(call.method(), call.effect(), params, call.result(), call.deadline())))
                .exceptionallyCompose(thrown -> {
                    var failure = WireFailure.toXapi(endpoint(), thrown);
                    return mayLookAgain && references.dropWrong(call.params(), failure)
                            ? invoke(call, false)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /** The call itself was not sent when its preparation failed. */
    private XapiFailure beforehand(Throwable thrown) {
        var failure = WireFailure.toXapi(endpoint(), thrown);
        return failure instanceof XapiFailure.AnswerLost
                ? new XapiFailure.Unreachable(String.valueOf(failure.getMessage()))
                : failure;
    }

    private Endpoint endpoint() {
        return connection.sessions().endpoint();
    }

    /** Host records were read: their references need not be asked for. */
    void learnHosts(Map<String, Records.Host> byRef) {
        byRef.forEach((ref, host) -> references.learn(Named.of(HostUuid.of(host.uuid())), ref));
    }

    /** Waits for an answer. @throws XapiFailure instead of it */
    <T> T await(CompletableFuture<T> answer, Deadline deadline) {
        try {
            return answer.get(deadline.left().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw WireFailure.toXapi(endpoint(), e);
        } catch (TimeoutException e) {
            throw new XapiFailure.AnswerLost("no answer from " + endpoint() + " in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new XapiFailure.AnswerLost("the wait for an answer from " + endpoint() + " was interrupted");
        }
    }
}
