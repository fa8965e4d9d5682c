package io.xenpatch.xapi.jsonrpc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A question that is looked after from time to time instead of being waited for: one at a time, its answer given once. Thread-safe. */
final class Polled<T> {
    private static final long FRESH = Duration.ofSeconds(10).toNanos();

    private @Nullable CompletableFuture<T> asked;
    private long answeredAt;

    /** @param ask asks; called when nothing is on its way. @throws XapiFailure how the question ended */
    Optional<T> poll(Supplier<CompletableFuture<T>> ask) {
        try {
            return take(ask).map(CompletableFuture::join);
        } catch (CompletionException e) {
            throw WireFailure.ours(e).orElseThrow(() -> e);
        }
    }

    private synchronized Optional<CompletableFuture<T>> take(Supplier<CompletableFuture<T>> ask) {
        var answer = asked;
        if (answer == null || answer.isDone() && System.nanoTime() - answeredAt > FRESH) {
            // done only when it is known since when
            answer = ask.get().whenComplete((given, thrown) -> answered());
            asked = answer;
        }
        if (!answer.isDone()) {
            return Optional.empty();
        }
        asked = null;
        return Optional.of(answer);
    }

    private synchronized void answered() {
        answeredAt = System.nanoTime();
    }
}
