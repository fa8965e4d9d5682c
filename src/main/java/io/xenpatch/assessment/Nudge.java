package io.xenpatch.assessment;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;

/** Has the scheduler look for due work earlier than its next poll; a nudge that is lost costs at most a second. */
final class Nudge {

    private Nudge() {}

    static void after(Duration delay, ObjectProvider<Scheduler> scheduler) {
        CompletableFuture.delayedExecutor(delay.toMillis() + 1, TimeUnit.MILLISECONDS)
                .execute(() -> scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions));
    }
}
