package io.xenpatch.xapi;

import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.XapiTaskRef;
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

    RepositoryCalls repositories();

    PackageCalls packages();

    PbdCalls pbds();

    VbdCalls vbds();

    VdiCalls vdis();

    SrCalls srs();

    TaskCalls tasks();

    /**
     * Writes an image ({@code PUT /import_raw_vdi}) where the pool wants it: a redirect is followed to another host of the pool when that
     * presents a certificate that is pinned. Nothing of the content is asked for before the pool has accepted it. Holds no thread.
     *
     * @param task made by {@link TaskCalls#create}: only it tells whether the image was written
     * @return when everything is sent. Fails with {@link XapiFailure}, also when the content fails. To cancel it ends the connection
     */
    CompletableFuture<Void> importImage(VdiUuid vdi, XapiTaskRef task, ImageContent content);

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
