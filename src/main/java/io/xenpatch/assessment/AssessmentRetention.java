package io.xenpatch.assessment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Forgets assessments that nobody needs any more. One instance at a time does it, in portions of one transaction each, so that
 * neither readers nor new assessments wait; what a run leaves is for the next.
 */
@Configuration(proxyBeanMethods = false)
class AssessmentRetention {
    static final String NAME = "forget-assessments";

    private static final Logger LOG = LoggerFactory.getLogger(AssessmentRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int PORTION = 500;
    private static final int PORTIONS = 20;

    @Bean
    RecurringTask<Void> forgetAssessments(AssessmentStore store, AssessmentProperties properties, InstantSource time) {
        return Tasks.recurring(NAME, FixedDelay.of(EVERY))
                .execute((instance, context) ->
                        forget(store, time.instant().minus(properties.keepFor()), PORTION, PORTIONS));
    }

    /** @return how many were forgotten, at most {@code portion * portions} */
    static int forget(AssessmentStore store, Instant olderThan, int portion, int portions) {
        int forgotten = 0;
        for (int run = 0; run < portions; run++) {
            int last = store.forget(olderThan, portion);
            forgotten += last;
            if (last < portion) {
                break;
            }
        }
        if (forgotten > 0) {
            LOG.info("Forgot {} assessments from before {}", forgotten, olderThan);
        }
        return forgotten;
    }
}
