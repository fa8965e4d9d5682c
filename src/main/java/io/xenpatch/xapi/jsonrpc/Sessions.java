package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Credentials;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.PoolAccess;
import io.xenpatch.xapi.XapiFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The session of a pool: kept, one login at a time, shared by all calls. */
final class Sessions {
    /** So many answers lost one after the other mean that the coordinator is not there any more. */
    private static final int LOST_IN_A_ROW = 2;

    private final JsonRpcTransport transport;
    private final Trust trust;
    private @Nullable Credentials credentials;
    private Endpoint endpoint;
    private @Nullable CompletableFuture<Session> current;
    private boolean known;
    private int lost;

    Sessions(JsonRpcTransport transport, Trust trust, PoolAccess access) {
        this.transport = transport;
        this.trust = trust;
        this.credentials = access.credentials();
        this.endpoint = access.endpoint();
        this.known = !access.pins().isEmpty();
    }

    /** The session that there is, or that a login under way brings, or a new one. */
    CompletableFuture<Session> get(Deadline deadline) {
        return shared(deadline)
                .copy()
                .orTimeout(deadline.left().toMillis() + 1, TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? new XapiFailure.Unreachable("no session with " + endpoint() + " in time")
                                : failure));
    }

    private synchronized CompletableFuture<Session> shared(Deadline deadline) {
        if (current != null && !current.isCompletedExceptionally()) {
            return current;
        }
        if (credentials == null) {
            return CompletableFuture.failedFuture(new XapiFailure.Unreachable("the connection is closed"));
        }
        current = new Login(transport, trust, credentials, known, deadline)
                .from(endpoint)
                .thenApply(this::opened);
        return current;
    }

    private synchronized Session opened(Session session) {
        endpoint = session.endpoint();
        known = true;
        lost = 0;
        return session;
    }

    synchronized Endpoint endpoint() {
        return endpoint;
    }

    /** This session is no good any more: the next call logs in, unless another one has done so already. */
    synchronized void drop(Session session) {
        if (isCurrent(session)) {
            current = null;
        }
    }

    private boolean isCurrent(Session session) {
        return current != null
                && current.isDone()
                && !current.isCompletedExceptionally()
                && current.join().equals(session);
    }

    /**
     * The coordinator is somewhere else now. A late answer to an old session says nothing about the one that was found since.
     *
     * @param found where it is, where that was said
     */
    synchronized void moved(Session session, Optional<Endpoint> found) {
        if (isCurrent(session)) {
            current = null;
            endpoint = found.orElse(endpoint);
        }
    }

    synchronized void answered() {
        lost = 0;
    }

    /** A call failed on its way. */
    synchronized void failed(Session session, XapiFailure failure) {
        lost++;
        if (!failure.mayHaveHappened() || failure instanceof XapiFailure.CertificateRefused || lost >= LOST_IN_A_ROW) {
            drop(session);
        }
    }

    synchronized @Nullable Credentials credentials() {
        return credentials;
    }

    /** Ends it. @return the session to log out, null when there is none */
    synchronized @Nullable Session close() {
        credentials = null;
        var last = current;
        current = null;
        return last != null && last.isDone() && !last.isCompletedExceptionally() ? last.join() : null;
    }
}
