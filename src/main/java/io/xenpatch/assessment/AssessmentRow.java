package io.xenpatch.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code assessment}. */
record AssessmentRow(
        UUID id,
        long number,
        Instant createdAt,
        String createdBy,
        @Nullable Instant completedAt,
        UpdateRequest request,
        @Nullable Outcome outcome) {

    Assessment with(List<PoolReport> pools, Instant now, Duration expireAfter) {
        AssessmentState state = !createdAt.plus(expireAfter).isAfter(now)
                ? AssessmentState.EXPIRED
                : completedAt == null ? AssessmentState.RUNNING : AssessmentState.COMPLETED;
        return new Assessment(id, number, state, createdAt, createdBy, completedAt, request, outcome, pools);
    }
}
