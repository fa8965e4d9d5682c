package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.XapiFailure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Calls with a session: renewed when the pool has forgotten it, repeated as far as their {@link Effect} allows. */
final class Connection {
    private static final int TRIES = 3;
    private static final int RENEWALS = 2;
    private static final long FIRST_PAUSE_MILLIS = 100;
    /** Answers from before the dispatch: surely nothing happened, so that whatever it was may be sent in another session. */
    private static final Set<String> SESSION_GONE = Set.of("SESSION_INVALID", Redirect.CODE);

    /** A toolstack that waits or starts has no sessions any more, and may not be the coordinator when it is back (xapi.md §2.4). */
    private static final Set<String> EMERGENCY = Set.of(
            "HOST_STILL_BOOTING",
            "HOST_HAS_NO_MANAGEMENT_IP",
            "HOST_ITS_OWN_SLAVE",
            "HOST_MASTER_CANNOT_TALK_BACK",
            "HOST_UNKNOWN_TO_MASTER",
            "HOST_XAPI_VERSION_HIGHER_THAN_COORDINATOR",
            "HOST_BROKEN",
            "HA_POOL_IS_ENABLED_BUT_HOST_IS_DISABLED");

    private final JsonRpcTransport transport;
    private final Trust trust;
    private final Sessions sessions;

    Connection(JsonRpcTransport transport, Trust trust, Sessions sessions) {
        this.transport = transport;
        this.trust = trust;
        this.sessions = sessions;
    }

    /** @return fails with {@link XapiFailure}, at the latest when the call's time is over */
    <T> CompletableFuture<T> call(Question<T> question) {
        return attempt(question, 1, 0);
    }

    private <T> CompletableFuture<T> attempt(Question<T> question, int number, int renewals) {
        return sessions.get(question.deadline())
                .thenCompose(session -> exchange(question, session))
                .exceptionallyCompose(thrown -> {
                    var failure = WireFailure.toXapi(sessions.endpoint(), thrown);
                    if (isSessionGone(failure) && renewals < RENEWALS) {
                        return attempt(question, number, renewals + 1);
                    }
                    return (mayRepeat(question.effect(), failure) || isElsewhere(question.effect(), failure))
                                    && number < TRIES
                                    && !question.deadline().isOver()
                            ? later(question, number, renewals)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    private static boolean isSessionGone(XapiFailure failure) {
        return failure instanceof XapiFailure.Refused refused && SESSION_GONE.contains(refused.code());
    }

    private static boolean mayRepeat(Effect effect, XapiFailure failure) {
        return switch (effect) {
            case READ -> failure instanceof XapiFailure.AnswerLost || failure instanceof XapiFailure.Unreachable;
            case IDEMPOTENT -> failure instanceof XapiFailure.Unreachable;
            case ONCE -> false;
        };
    }

    /** A stranger has the address, nothing was sent, and other hosts may know where the coordinator is (R38). */
    private boolean isElsewhere(Effect effect, XapiFailure failure) {
        return effect != Effect.ONCE
                && failure instanceof XapiFailure.CertificateRefused
                && !failure.mayHaveHappened()
                && trust.pins().size() > 1;
    }

    /** Full jitter: somewhere between nothing and twice as long as the last time. */
    private <T> CompletableFuture<T> later(Question<T> question, int number, int renewals) {
        var longest = Math.min(
                FIRST_PAUSE_MILLIS << number, question.deadline().left().toMillis());
        var pause = ThreadLocalRandom.current().nextLong(longest + 1);
        return transport.pause(Duration.ofMillis(pause)).thenCompose(passed -> attempt(question, number + 1, renewals));
    }

    /** Exactly one exchange in a session; never repeated. */
    <T> CompletableFuture<T> exchange(Question<T> question, Session session) {
        var endpoint = session.endpoint();
        if (question.deadline().isOver()) {
            return CompletableFuture.failedFuture(
                    new XapiFailure.Unreachable("no time left to send " + question.name() + " to " + endpoint));
        }
        return question.ask(transport, session, trust.acceptedAt(endpoint))
                .whenComplete((value, thrown) -> note(session, thrown))
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(sent(question, session, thrown)));
    }

    /** What came back, as value or as the failure it means. @throws XapiFailure instead of the value */
    static <T> T read(Call<T> call, Session session, JsonRpcTransport.Response response) {
        if (response.status() != 200) {
            throw lost(call, session, "HTTP " + response.status());
        }
        try {
            return JsonRpc.read(response.body(), call.result());
        } catch (JacksonException e) {
            throw lost(call, session, "no JSON-RPC: " + e.getOriginalMessage());
        }
    }

    static XapiFailure.AnswerLost lost(Question<?> question, Session session, String what) {
        return new XapiFailure.AnswerLost(session.endpoint() + " answers " + question.name() + " with " + what);
    }

    /** XAPI was met there: an answer of something else does not tell whether the call happened. */
    private static XapiFailure sent(Question<?> question, Session session, Throwable thrown) {
        var failure = WireFailure.toXapi(session.endpoint(), thrown);
        return failure instanceof XapiFailure.NotXapi ? lost(question, session, "no HTTP") : failure;
    }

    private void note(Session session, @Nullable Throwable thrown) {
        if (thrown == null) {
            sessions.answered();
            return;
        }
        var failure = WireFailure.toXapi(session.endpoint(), thrown);
        if (!(failure instanceof XapiFailure.Refused refused)) {
            sessions.failed(session, failure);
        } else if ("SESSION_INVALID".equals(refused.code()) || EMERGENCY.contains(refused.code())) {
            sessions.drop(session);
        } else if (Redirect.CODE.equals(refused.code())) {
            sessions.moved(session, Redirect.from(session.endpoint(), refused));
        } else {
            sessions.answered();
        }
    }

    Sessions sessions() {
        return sessions;
    }

    Trust trust() {
        return trust;
    }
}
