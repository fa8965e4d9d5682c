package io.xenpatch.assessment.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.Assessment;
import io.xenpatch.assessment.AssessmentState;
import io.xenpatch.assessment.DecisionView;
import io.xenpatch.assessment.Outcome;
import io.xenpatch.assessment.PoolReport;
import io.xenpatch.assessment.PrecheckView;
import io.xenpatch.assessment.UpdateRequest;
import io.xenpatch.precheck.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Assessment", description = "What an update job would find and do; nothing is changed by asking.")
record AssessmentView(
        UUID id,

        @Schema(description = "EXPIRED: too old to rely on, the pools may have changed since.")
        AssessmentState state,

        Instant createdAt,
        String createdBy,
        @Nullable Instant completedAt,
        List<UpdateRequest.Target> targets,
        UpdateRequest.@Nullable Choice update,

        @Schema(
                description =
                        "null while it runs. NO_ACTION_REQUIRED: installing is all, no host restarts. BLOCKED: see the BLOCKING prechecks.")
        @Nullable
        Outcome outcome,

        @Schema(description = "What speaks against it and what is worth knowing; BLOCKING rows first.")
        List<PrecheckView> prechecks,

        @Schema(description = "The pools that are finished, in the order of the request.")
        List<PoolView> pools,

        EstimateView estimate,

        @Schema(description = "The request as it came in.") UpdateRequest request) {

    static AssessmentView of(Assessment assessment) {
        UpdateRequest request = assessment.request();
        return new AssessmentView(
                assessment.id(),
                assessment.state(),
                assessment.createdAt(),
                assessment.createdBy(),
                assessment.completedAt(),
                Objects.requireNonNullElse(request.targets(), List.of()),
                request.update(),
                assessment.outcome(),
                assessment.pools().stream()
                        .flatMap(pool -> pool.prechecks().stream())
                        .sorted(Comparator.comparing(row -> row.severity() != Severity.BLOCKING))
                        .toList(),
                assessment.pools().stream().map(PoolView::of).toList(),
                new EstimateView(assessment.estimate()),
                request);
    }

    @Schema(name = "AssessedPool")
    record PoolView(
            UUID poolUuid,
            Outcome outcome,

            @Schema(description = "The decision for each target, coordinator first.")
            List<DecisionView> hosts,

            @Schema(description = "Hosts that are worked on together; a wave starts when the former is finished.")
            List<List<UUID>> waves,

            @Schema(description = "Everything that would be done, in order.")
            List<PoolReport.Step> steps,

            @Schema(description = "Targets that onBlocker SKIP_HOST leaves out.")
            List<UUID> skippedHosts,

            EstimateView estimate) {

        static PoolView of(PoolReport pool) {
            return new PoolView(
                    pool.poolUuid(),
                    pool.outcome(),
                    pool.hosts(),
                    pool.waves(),
                    pool.steps(),
                    pool.skippedHosts(),
                    new EstimateView(pool.estimate()));
        }
    }

    /** @param duration a rough figure from usual hardware; pools are worked on at the same time */
    @Schema(name = "Estimate")
    record EstimateView(
            @Schema(type = "string", format = "duration", example = "PT14M")
            Duration duration) {}
}
