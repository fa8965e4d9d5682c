package io.xenpatch.xapi;

import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A copy of a pool that follows its event stream. Not thread-safe: one {@link #next} at a time. Holds no thread while it waits. */
public interface PoolMirror {

    /**
     * What is told is what the inventory shows: guests without their drives, allowed operations and {@code other_config}, hosts
     * with what matters of theirs, and no storage. Whoever decides something reads the pool ({@link PoolCalls#observe}).
     *
     * <p>Waits for the next change and answers the pool as it is then, or empty when there was none within the limit. The first
     * call reads everything. Completes exceptionally with {@link XapiFailure}, and is not repeated by the transport as
     * other reads are; the next call then starts from the beginning.
     *
     * @param limit how long the server may keep the question, at most a minute
     */
    @XapiCall(value = "event.from", effect = Effect.READ)
    CompletableFuture<Optional<PoolSnapshot>> next(Duration limit);

    /** The pool as the last {@link #next} left it, also when nothing had changed; empty while nothing is known. */
    Optional<PoolSnapshot> present();
}
