package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** Everything that is kept of a job: request, prechecks, decisions planned and observed, steps, failures, times. */
@Schema(name = "UpdateJobReport")
public record UpdateJobReport(Instant generatedAt, UpdateJob job, List<HostProgress> hosts) {}
