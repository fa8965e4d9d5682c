package io.xenpatch.updates;

import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts XAPI tasks of one pool and follows them to their end. Holds a thread only for the length of a call. */
final class PoolTasks {
    private static final Logger LOG = LoggerFactory.getLogger(PoolTasks.class);
    private static final Duration PACE = Duration.ofMillis(300);

    private final XapiPool pool;
    private final Executor workers;
    private final Duration longest;

    PoolTasks(XapiPool pool, Executor workers, Duration longest) {
        this.pool = pool;
        this.workers = workers;
        this.longest = longest;
    }

    /** Starts one. @return when it has succeeded; fails with {@link XapiFailure} */
    CompletableFuture<XapiTask.Succeeded> run(Supplier<XapiTaskRef> start) {
        return CompletableFuture.supplyAsync(start, workers).thenCompose(this::ended);
    }

    /** When a task has succeeded; fails with {@link XapiFailure}. */
    CompletableFuture<XapiTask.Succeeded> ended(XapiTaskRef task) {
        return look(task, System.nanoTime() + longest.toNanos())
                .whenCompleteAsync((end, failure) -> forget(task), workers);
    }

    private CompletableFuture<XapiTask.Succeeded> look(XapiTaskRef task, long limit) {
        return CompletableFuture.supplyAsync(() -> pool.tasks().observe(task), workers)
                .thenCompose(state -> state.fold(
                        pending -> again(task, limit),
                        CompletableFuture::completedFuture,
                        failed -> failed(new XapiFailure.Refused(failed.code(), failed.parameters())),
                        unknown -> failed(new XapiFailure.AnswerLost(unknown.why()))));
    }

    private CompletableFuture<XapiTask.Succeeded> again(XapiTaskRef task, long limit) {
        if (System.nanoTime() - limit >= 0) {
            return failed(new XapiFailure.AnswerLost("a task of the pool did not end within " + longest));
        }
        var pause = CompletableFuture.delayedExecutor(PACE.toMillis(), TimeUnit.MILLISECONDS, workers);
        return CompletableFuture.runAsync(() -> {}, pause).thenCompose(passed -> look(task, limit));
    }

    private static CompletableFuture<XapiTask.Succeeded> failed(XapiFailure failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private void forget(XapiTaskRef task) {
        try {
            pool.tasks().destroy(task);
        } catch (XapiFailure e) {
            LOG.debug("A finished task stays until the pool forgets it", e);
        }
    }
}
