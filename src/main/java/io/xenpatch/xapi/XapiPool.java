package io.xenpatch.xapi;

import java.util.concurrent.CompletableFuture;

/**
 * One pool over the wire. Thread-safe. Every call may throw {@link XapiFailure}, and ends within its time limit
 * ({@code xenpatch.xapi.*}: 5 s for calls that change something).
 */
public interface XapiPool extends AutoCloseable {

    PoolCalls pool();

    HostCalls hosts();

    VmCalls vms();

    PoolUpdateCalls poolUpdates();

    PbdCalls pbds();

    TaskCalls tasks();

    /** A copy of the pool kept fresh by {@code event.from}. Each call gives a new one, with its own token. */
    PoolMirror mirror();

    /** How the pool is reached now: coordinator and pins as last learnt. Differs from what it was opened with after a move. */
    PoolAccess access();

    /**
     * Forgets the credentials at once, logs out if there is a session, and then forgets the pins.
     *
     * @return when that is done; after 2 s at the latest, and never with a failure: a session that can't be logged out ends by itself
     */
    CompletableFuture<Void> leave();

    /** Leaves without waiting for it. Never throws. */
    @Override
    default void close() {
        var unused = leave();
    }
}
