package io.xenpatch.updates;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wakes who looks after a synchronisation, on whichever instance, until it has ended. */
@Configuration(proxyBeanMethods = false)
class SyncTask {
    private static final String NAME = "synchronise-pool";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    @Bean
    Task<Void> synchronisePool(SyncWatch watch) {
        CustomTask<Void> task = Tasks.custom(NAME, Void.class)
                .onFailure(new OnFailureRetryLater<>(AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute((instance, context) -> look(watch, UUID.fromString(instance.getId())));
        return task;
    }

    private static CompletionHandler<Void> look(SyncWatch watch, UUID sync) {
        var next = watch.look(sync);
        return next.isEmpty()
                ? new OnCompleteRemove<>()
                : (complete, operations) -> operations.reschedule(complete, next.get());
    }

    static TaskInstance<Void> instance(UUID sync) {
        return new TaskInstance<>(NAME, sync.toString());
    }
}
