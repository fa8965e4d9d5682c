package io.xenpatch.http;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers a request when something has come about, or when its patience ends, with what is known then. No request holds a
 * thread meanwhile. A controller returns what {@link #until} gives it:
 *
 * <pre>{@code
 * return waiting.until(jobId, wait.orElse(Duration.ZERO), () -> jobs.get(caller, jobId), job -> job.state().isTerminal(), ResponseEntity::ok);
 * }</pre>
 *
 * Whoever changes the thing calls {@link #wake} after the commit; a change that another instance made is seen within a second.
 */
@Component
public class Waiting implements DisposableBean {
    private static final int THREADS = 4;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Map<Object, Set<Waiter<?, ?>>> waiters = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(THREADS, new CustomizableThreadFactory("waiting-"));

    Waiting() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /**
     * @param subject what is waited on, for example a job's id; the key of {@link #wake}
     * @param atMost how long; zero = answer at once
     * @param look reads it; its exception becomes the answer
     * @param done whether the answer needs no more waiting
     * @param answer makes the response; {@code Preference-Applied: wait=N} is added when something was waited for
     */
    public <T, B> DeferredResult<ResponseEntity<B>> until(
            Object subject, Duration atMost, Supplier<T> look, Predicate<T> done, Answering<T, B> answer) {
        var first = look.get();
        var result = new DeferredResult<ResponseEntity<B>>();
        if (atMost.isZero() || done.test(first)) {
            result.setResult(answered(answer, first, atMost));
            return result;
        }
        var waiter = new Waiter<T, B>(result, look, done, found -> answered(answer, found, atMost));
        var ofSubject = waiters.compute(subject, (key, known) -> {
            var set = known == null ? ConcurrentHashMap.<Waiter<?, ?>>newKeySet() : known;
            set.add(waiter);
            return set;
        });
        var looks = executor.scheduleWithFixedDelay(
                () -> waiter.look(false), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        var deadline = executor.schedule(() -> waiter.look(true), atMost.toMillis(), TimeUnit.MILLISECONDS);
        result.onCompletion(() -> {
            looks.cancel(false);
            deadline.cancel(false);
            ofSubject.remove(waiter);
            waiters.computeIfPresent(subject, (key, set) -> set.isEmpty() ? null : set);
        });
        return result;
    }

    /** Something about the subject changed, and is committed. */
    public void wake(Object subject) {
        waiters.getOrDefault(subject, Set.of()).forEach(waiter -> executor.execute(() -> waiter.look(false)));
    }

    @Override
    public void destroy() {
        executor.shutdownNow();
    }

    private static <T, B> ResponseEntity<B> answered(Answering<T, B> answer, T found, Duration atMost) {
        var response = answer.of(found);
        return atMost.isZero()
                ? response
                : ResponseEntity.status(response.getStatusCode())
                        .headers(response.getHeaders())
                        .header("Preference-Applied", "wait=" + atMost.toSeconds())
                        .body(response.getBody());
    }

    /** Makes the response of what was found. */
    @FunctionalInterface
    public interface Answering<T, B> {
        ResponseEntity<B> of(T found);
    }

    private record Waiter<T, B>(
            DeferredResult<ResponseEntity<B>> result, Supplier<T> look, Predicate<T> done, Answering<T, B> answer) {

        void look(boolean last) {
            if (result.isSetOrExpired()) {
                return;
            }
            try {
                var found = look.get();
                if (last || done.test(found)) {
                    result.setResult(answer.of(found));
                }
            } catch (RuntimeException e) {
                result.setErrorResult(e);
            }
        }
    }
}
