package io.xenpatch.xapi;

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

    /** Logs out if there is a session, within 2 s, and forgets pins and credentials. Never throws. */
    @Override
    void close();
}
