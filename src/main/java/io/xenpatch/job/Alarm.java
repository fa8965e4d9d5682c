package io.xenpatch.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.xenpatch.pool.PoolChanged;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Has pool updates look at the world: when they are new, when their pool changed, when their time has come. Works on a thread of
 * its own, because whoever calls may be at the end of a transaction. An alarm that is lost costs a fallback look, nothing else.
 */
@Component
class Alarm implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final JobStore store;
    private final Turn turn;
    private final ObjectProvider<Scheduler> scheduler;
    private final io.xenpatch.http.Waiting waiting;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("pool-update-alarm-"));

    Alarm(
            JobStore store,
            Turn turn,
            ObjectProvider<Scheduler> scheduler,
            io.xenpatch.http.Waiting waiting,
            InstantSource clock) {
        this.store = store;
        this.turn = turn;
        this.scheduler = scheduler;
        this.waiting = waiting;
        this.clock = clock;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Sets the first look of a new pool update, in the caller's transaction. */
    void set(PoolUpdateId id) {
        scheduler.getObject().schedule(new TaskInstance<Void>(PoolUpdateTask.NAME, id.toString()), clock.instant());
    }

    /** Has the pool update look now, or once more when it is just looking. */
    void wake(PoolUpdateId id) {
        later(Duration.ZERO, () -> {
            if (!turn.stir(id)) {
                reschedule(id);
            }
        });
    }

    /** Has the scheduler look for due work at that time rather than at its next poll. */
    void nudgeAt(Instant when) {
        later(Duration.between(clock.instant(), when), this::nudge);
    }

    /** A pool update came to its end: those that waited for it look now, and so do the requests that wait for its job. */
    void ended(PoolUpdateId id) {
        store.poolUpdate(id).ifPresent(pool -> {
            waiting.wake(pool.job().value());
            store.poolUpdatesOf(pool.job()).stream()
                    .filter(sibling -> sibling.state() == PoolUpdateState.WAITING)
                    .forEach(sibling -> wake(sibling.id()));
        });
    }

    @TransactionalEventListener(fallbackExecution = true)
    void changed(PoolChanged event) {
        later(Duration.ZERO, () -> store.holderOf(PoolUpdate.REAL, event.pool()).ifPresent(this::wake));
    }

    /** Goes on with what an earlier run of the service left. */
    @EventListener(ApplicationReadyEvent.class)
    void started() {
        scheduler.ifAvailable(known -> store.unfinished()
                .forEach(id -> known.scheduleIfNotExists(
                        new TaskInstance<Void>(PoolUpdateTask.NAME, id.toString()), clock.instant())));
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    private void reschedule(PoolUpdateId id) {
        try {
            scheduler.ifAvailable(
                    known -> known.reschedule(TaskInstanceId.of(PoolUpdateTask.NAME, id.toString()), clock.instant()));
            nudge();
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException | ExecutionException e) {
            // ExecutionException: another thread has just picked it, and so looks now
            LOG.debug("Pool update {} looks already, or has ended: {}", id, e.getMessage());
        }
    }

    private void nudge() {
        scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
    }

    private void later(Duration delay, Runnable action) {
        if (thread.isShutdown()) {
            return;
        }
        thread.schedule(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException e) {
                        LOG.warn("An alarm of pool updates was lost; they look by themselves a little later", e);
                    }
                },
                Math.max(0, delay.toMillis()),
                TimeUnit.MILLISECONDS);
    }
}
