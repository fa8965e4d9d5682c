package io.xenpatch.assessment;

import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the report of a pool, and ends the assessment with the last one; report, state and event in one transaction. */
@Component
class Conclusion {

    private final PoolSliceStore slices;
    private final AssessmentStore assessments;
    private final EventLog events;
    private final ApplicationEventPublisher publisher;
    private final InstantSource clock;

    Conclusion(
            PoolSliceStore slices,
            AssessmentStore assessments,
            EventLog events,
            ApplicationEventPublisher publisher,
            InstantSource clock) {
        this.slices = slices;
        this.assessments = assessments;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Transactional
    public void of(PoolSlice slice, PoolReport report) {
        Instant now = clock.instant();
        UUID id = slice.assessment();
        slices.reported(slice, report);
        UUID pool = slice.pool().value();
        events.append(new NewEvent(
                "assessment.pool-assessed",
                now,
                pool,
                null,
                null,
                Map.of("assessmentId", id, "outcome", report.outcome().name())));
        assessments.completeIfDone(id, now).ifPresent(outcome -> {
            events.append(new NewEvent(
                    "assessment.completed",
                    now,
                    null,
                    null,
                    null,
                    Map.of("assessmentId", id, "outcome", outcome.name())));
            publisher.publishEvent(new AssessmentCompleted(id));
        });
    }
}
