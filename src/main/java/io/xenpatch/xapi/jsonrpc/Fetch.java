package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.XapiFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;

/**
 * A document that a server gives to whoever asks for it by HTTP, without a message (xapi.md §2.3). What the server says instead is
 * turned into what a call would have been answered: then both are repeated, redirected and given a new session in the same way.
 *
 * @param path the session stands in a cookie, not here: others may log addresses
 * @param longest bytes of the answer
 * @param missing XAPI's code for that there is none, where the server does not say more
 * @param deadline of everything that is done for it
 */
record Fetch<T>(String path, long longest, String missing, JsonRpc.Result<T> result, Deadline deadline)
        implements Question<T> {
    private static final int FOUND = 200;
    private static final int MOVED = 302;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    @Override
    public String name() {
        return "GET " + path;
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public CompletableFuture<T> ask(JsonRpcTransport transport, Session session, Set<String> accepted) {
        return transport.fetch(session, accepted, this).thenApply(document -> read(session, document));
    }

    /** @throws XapiFailure instead of the value */
    T read(Session session, JsonRpcTransport.Document document) {
        if (document.status() != FOUND) {
            throw refused(session, document);
        }
        try (var parser = JsonRpc.MAPPER.createParser(document.body())) {
            return result.read(parser);
        } catch (JacksonException e) {
            throw Connection.lost(this, session, "something else: " + e.getOriginalMessage());
        }
    }

    private XapiFailure refused(Session session, JsonRpcTransport.Document document) {
        var page = new String(document.body(), StandardCharsets.UTF_8);
        return switch (document.status()) {
            case MOVED ->
                new XapiFailure.Refused(
                        Redirect.CODE,
                        HandlerPage.host(document.location()).map(List::of).orElse(List.of()));
            case UNAUTHORISED -> new XapiFailure.Refused("SESSION_INVALID", List.of());
            case FORBIDDEN -> named(page, "RBAC_PERMISSION_DENIED");
            case MISSING -> named(page, missing);
            default ->
                HandlerPage.apiError(page)
                        .<XapiFailure>map(refused -> refused)
                        .orElseGet(() -> Connection.lost(this, session, "HTTP " + document.status()));
        };
    }

    /** @param otherwise XAPI's code for what the status means where the page tells nothing */
    private static XapiFailure.Refused named(String page, String otherwise) {
        return HandlerPage.apiError(page).orElseGet(() -> new XapiFailure.Refused(otherwise, List.of()));
    }
}
