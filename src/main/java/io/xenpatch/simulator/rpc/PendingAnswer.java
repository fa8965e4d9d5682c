package io.xenpatch.simulator.rpc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An answer that may still be on its way. It completes on the pool's thread, at once or while the pool advances; one that waits
 * for events completes only when it is asked to look.
 */
public record PendingAnswer(CompletableFuture<Answer> answer, Optional<EventWait> eventWait) {

    public static PendingAnswer now(Answer answer) {
        return new PendingAnswer(CompletableFuture.completedFuture(answer), Optional.empty());
    }

    public static PendingAnswer later(CompletableFuture<Answer> answer) {
        return new PendingAnswer(answer, Optional.empty());
    }

    /**
     * A long poll: whoever holds it looks after a {@code pause}, then a {@code pause} after each change, and for the last time after
     * {@code timeout}. It does not look while nothing changes: thousands wait at the same time.
     */
    public interface EventWait {
        /** Real time after which the caller wants an answer in any case. */
        Duration timeout();

        /** Real time in which changes are gathered into one answer. */
        Duration pause();

        /** Runs something on the pool's thread, once, when the next change happens; not any more when the answer is there. */
        void onChange(Runnable listener);

        /** Completes the answer if something happened, or in any case when it is the last look. */
        void look(boolean last);
    }
}
