package io.xenpatch.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.xenpatch.http.Waiting;
import io.xenpatch.pool.PoolChanged;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What makes pool updates tick: the scheduler only triggers and finds the work of dead instances; what is the case is in our own
 * rows. A wake-up that is lost costs at most the next look.
 */
@Component
class Running {

    private static final String NAME = "pool-update";

    private final ObjectProvider<Scheduler> scheduler;
    private final JobStore store;
    private final InstantSource clock;
    private final Set<PoolUpdateId> woken = ConcurrentHashMap.newKeySet();

    Running(ObjectProvider<Scheduler> scheduler, JobStore store, InstantSource clock) {
        this.scheduler = scheduler;
        this.store = store;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** In the transaction that wrote the pool update. */
    void begin(PoolUpdateId id) {
        scheduler.getObject().scheduleIfNotExists(new TaskInstance<>(NAME, id.toString()), now());
        nudge(Duration.ofMillis(20));
    }

    /** Has it looked at as soon as possible. */
    void wake(PoolUpdateId id) {
        woken.add(id);
        TaskInstance<Void> instance = new TaskInstance<>(NAME, id.toString());
        CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS)
                .execute(() -> scheduler.ifAvailable(found -> {
                    found.getScheduledExecution(instance)
                            .filter(execution -> !execution.isPicked())
                            .ifPresent(execution -> found.reschedule(instance, now()));
                    found.triggerCheckForDueExecutions();
                }));
    }

    /** Whether somebody asked for another look meanwhile. */
    boolean wasWoken(PoolUpdateId id) {
        return woken.remove(id);
    }

    void nudge(Duration delay) {
        CompletableFuture.delayedExecutor(Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS)
                .execute(() -> scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions));
    }

    @EventListener
    void onPoolChanged(PoolChanged changed) {
        store.holderOf(PoolUpdate.REAL, changed.pool()).ifPresent(this::wake);
    }

    /** What a former process left without a trigger goes on. */
    @EventListener(ApplicationReadyEvent.class)
    void goOn() {
        store.unfinished().forEach(this::begin);
    }

    /** The scheduler's task. */
    @Configuration(proxyBeanMethods = false)
    static class Trigger {

        private static final Duration SLICES = Duration.ofSeconds(8);
        private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

        @Bean
        Task<Void> poolUpdateTask(Ticking ticking, ObjectProvider<Running> running, JobStore store, Waiting waiting) {
            return Tasks.custom(NAME, Void.class)
                    .onFailure(new OnFailureRetryLater<>(AFTER_FAILURE))
                    .onDeadExecutionRevive()
                    .execute((instance, context) -> {
                        PoolUpdateId id = PoolUpdateId.of(instance.getId());
                        Running runs = running.getObject();
                        Instant next = slices(ticking, runs, id);
                        if (next == null) {
                            ended(store, runs, waiting, id);
                            return new OnCompleteRemove<>();
                        }
                        return (complete, operations) -> {
                            operations.reschedule(complete, next);
                            runs.nudge(Duration.between(runs.now(), next));
                        };
                    });
        }

        private static @org.jspecify.annotations.Nullable Instant slices(
                Ticking ticking, Running runs, PoolUpdateId id) {
            Instant end = runs.now().plus(SLICES);
            while (true) {
                runs.wasWoken(id);
                Instant next = ticking.tick(id).nextLook();
                if (next == null) {
                    return null;
                }
                Instant now = runs.now();
                boolean goOn = !next.isAfter(now) || runs.wasWoken(id);
                if (!goOn || now.isAfter(end)) {
                    return next;
                }
            }
        }

        private static void ended(JobStore store, Running runs, Waiting waiting, PoolUpdateId id) {
            store.poolUpdate(id).ifPresent(pool -> {
                store.poolUpdatesOf(pool.job()).stream()
                        .filter(other -> other.state() == PoolUpdateState.WAITING)
                        .forEach(other -> runs.wake(other.id()));
                waiting.wake(pool.job().value());
            });
        }
    }
}
