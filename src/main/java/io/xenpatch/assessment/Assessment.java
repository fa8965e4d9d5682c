package io.xenpatch.assessment;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An assessment as it is known now.
 *
 * @param number its place in the list
 * @param request as it came in
 * @param outcome null while it runs
 * @param pools the pools that are finished
 */
public record Assessment(
        UUID id,
        long number,
        AssessmentState state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant completedAt,
        UpdateRequest request,
        @Nullable Outcome outcome,
        List<PoolReport> pools) {

    public Assessment {
        pools = List.copyOf(pools);
    }

    /** How long a job would take; pools are worked on at the same time. */
    public Duration estimate() {
        return pools.stream()
                .map(PoolReport::estimate)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
