package io.xenpatch.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wakes pool updates. The scheduler only triggers; what is the case is in our own rows. */
@Configuration(proxyBeanMethods = false)
class PoolUpdateTask {
    private static final Logger LOG = LoggerFactory.getLogger(PoolUpdateTask.class);

    static final String NAME = "pool-update";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    @Bean
    Task<Void> goOnWithPoolUpdate(Turn turn, Alarm alarm) {
        CustomTask<Void> task = Tasks.custom(NAME, Void.class)
                .onFailure(new OnFailureRetryLater<>(AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(PoolUpdateId.of(instance.getId()), turn, alarm));
        return task;
    }

    private static CompletionHandler<Void> run(PoolUpdateId id, Turn turn, Alarm alarm) {
        Instant next = take(id, turn);
        if (next == null) {
            alarm.ended(id);
            return new OnCompleteRemove<>();
        }
        return (complete, operations) -> {
            operations.reschedule(complete, next);
            if (turn.wasStirred(id)) {
                alarm.wake(id);
            } else {
                alarm.nudgeAt(next);
            }
        };
    }

    private static @org.jspecify.annotations.Nullable Instant take(PoolUpdateId id, Turn turn) {
        try {
            return turn.take(id);
        } catch (RuntimeException failure) {
            LOG.error("Pool update {} could not go on; it is tried again in {}", id, AFTER_FAILURE, failure);
            throw failure;
        }
    }
}
