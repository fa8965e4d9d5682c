package io.xenpatch.assessment;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.FailureHandler.OnFailureRetryLater;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.xenpatch.xen.PoolUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wakes the assessment of one pool, slice by slice. The scheduler only triggers; what is the case is in the rows. */
@Configuration(proxyBeanMethods = false)
class AssessmentTask {

    private static final String NAME = "assess-pool";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    @Bean
    Task<Void> assessPool(
            PoolAssessing assessing, AssessmentProperties properties, ObjectProvider<Scheduler> scheduler) {
        CustomTask<Void> task = Tasks.custom(NAME, Void.class)
                .onFailure(new OnFailureRetryLater<>(AFTER_FAILURE))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    Subject subject = Subject.parse(instance.getId());
                    if (!assessing.slice(subject.assessment(), subject.pool())) {
                        return new OnCompleteRemove<>();
                    }
                    return (complete, operations) -> {
                        operations.reschedule(complete, complete.getTimeDone().plus(properties.pace()));
                        Nudge.after(properties.pace(), scheduler);
                    };
                });
        return task;
    }

    /** The first slice, as soon as the transaction of the caller is there. */
    static TaskInstance<Void> instance(UUID assessment, PoolUuid pool) {
        return new TaskInstance<>(NAME, new Subject(assessment, pool).toString());
    }

    static void schedule(Scheduler scheduler, UUID assessment, PoolUuid pool, Instant now) {
        scheduler.schedule(instance(assessment, pool), now);
    }

    private record Subject(UUID assessment, PoolUuid pool) {

        static Subject parse(String text) {
            int slash = text.indexOf('/');
            return new Subject(UUID.fromString(text.substring(0, slash)), PoolUuid.of(text.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return assessment + "/" + pool;
        }
    }
}
