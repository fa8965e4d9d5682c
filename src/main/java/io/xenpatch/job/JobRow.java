package io.xenpatch.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The row of a job.
 *
 * @param number its place in the order of acceptance
 * @param request JSON
 */
record JobRow(
        UUID id,
        long number,
        String name,
        Instant createdAt,
        String createdBy,
        String request,
        Map<String, String> labels,
        List<PoolUpdateState> states) {

    UpdateJobState state() {
        return UpdateJobState.of(states, false);
    }
}
