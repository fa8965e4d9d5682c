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

/** Wakes who looks after an upload, on whichever instance, until nothing of it is left that must not be there. */
@Configuration(proxyBeanMethods = false)
class UploadTask {
    private static final String NAME = "look-after-upload";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    @Bean
    Task<Void> lookAfterUpload(UploadWatch watch) {
        CustomTask<Void> task = Tasks.custom(NAME, Void.class)
                .onFailure(new OnFailureRetryLater<>(AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute((instance, context) -> look(watch, UUID.fromString(instance.getId())));
        return task;
    }

    private static CompletionHandler<Void> look(UploadWatch watch, UUID upload) {
        var next = watch.look(upload);
        return next.isEmpty()
                ? new OnCompleteRemove<>()
                : (complete, operations) -> operations.reschedule(complete, next.get());
    }

    static TaskInstance<Void> instance(UUID upload) {
        return new TaskInstance<>(NAME, upload.toString());
    }
}
