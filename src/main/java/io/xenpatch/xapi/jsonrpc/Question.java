package io.xenpatch.xapi.jsonrpc;

import io.xenpatch.xapi.Effect;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Something that a pool is asked, or told, in a session. */
interface Question<T> {

    /** For people. */
    String name();

    Effect effect();

    /** Of everything that is done for it. */
    Deadline deadline();

    /**
     * Exactly one exchange with the session's host.
     *
     * @param accepted fingerprints of the certificates of which one must be presented
     */
    CompletableFuture<T> ask(JsonRpcTransport transport, Session session, Set<String> accepted);
}
