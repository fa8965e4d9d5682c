package io.xenpatch.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of a job.
 *
 * @param number its place in the order of acceptance
 * @param request JSON
 * @param retryOf id of the job that it repeats; null = none
 * @param waiting what its pools wait for that have not begun
 */
record JobRow(
        UUID id,
        long number,
        String name,
        Instant createdAt,
        String createdBy,
        String request,
        Map<String, String> labels,
        @Nullable UUID retryOf,
        List<PoolUpdateState> states,
        UpdateJobState.WaitingFor waiting) {

    UpdateJobState state() {
        return UpdateJobState.of(states, waiting);
    }
}
