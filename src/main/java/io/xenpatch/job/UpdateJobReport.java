package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * Everything that is kept of a job: request, prechecks, decisions planned and observed, steps, failures, times.
 *
 * @param generatedAt when the report was made
 * @param job the job
 * @param hosts its hosts, in the order of the work
 */
@Schema(name = "UpdateJobReport")
public record UpdateJobReport(Instant generatedAt, UpdateJob job, List<HostProgress> hosts) {}
