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

/**
 * What an update job would find and do; nothing is changed by asking.
 *
 * @param id id of the assessment
 * @param state how far it is
 * @param createdAt when it was asked for
 * @param createdBy who asked for it
 * @param completedAt when it was completed; null while it runs
 * @param targets the targets of the request
 * @param update the update of the request
 * @param outcome what it comes to; null while it runs
 * @param prechecks what speaks against it and what is worth knowing; {@code BLOCKING} rows first
 * @param pools the pools that are finished, in the order of the request
 * @param estimate how long a job would take
 * @param request the request as it came in
 */
@Schema(name = "Assessment")
record AssessmentView(
        UUID id,

        AssessmentState state,

        Instant createdAt,
        String createdBy,
        @Nullable Instant completedAt,
        List<UpdateRequest.Target> targets,
        UpdateRequest.@Nullable Choice update,

        @Nullable Outcome outcome,

        List<PrecheckView> prechecks,

        List<PoolView> pools,

        EstimateView estimate,

        UpdateRequest request) {

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

    /**
     * What an assessment found on one pool.
     *
     * @param poolUuid XAPI uuid of the pool
     * @param outcome what it comes to on this pool
     * @param hosts the decision for each target, coordinator first; empty when the pool could not be read
     * @param waves XAPI uuids of the hosts that are worked on together; a wave starts when the one before is finished
     * @param steps everything that would be done, in order
     * @param vmsToMove VMs that leave their host for the time of its work
     * @param fixes what a job would change for the time of its work, as the request's {@code fixes} allow it
     * @param skippedHosts XAPI uuids of the targets that {@code onBlocker: SKIP_HOST} leaves out
     * @param estimate how long a job would take on this pool
     */
    @Schema(name = "AssessedPool")
    record PoolView(
            UUID poolUuid,
            Outcome outcome,

            List<DecisionView> hosts,

            List<List<UUID>> waves,

            List<PoolReport.Step> steps,

            List<PoolReport.Move> vmsToMove,

            List<PoolReport.Fix> fixes,

            List<UUID> skippedHosts,

            EstimateView estimate) {

        static PoolView of(PoolReport pool) {
            return new PoolView(
                    pool.poolUuid(),
                    pool.outcome(),
                    pool.hosts(),
                    pool.waves(),
                    pool.steps(),
                    pool.vmsToMove(),
                    pool.fixes(),
                    pool.skippedHosts(),
                    new EstimateView(pool.estimate()));
        }
    }

    /**
     * How long the work would take.
     *
     * @param duration ISO 8601; a rough figure from usual hardware, pools being worked on at the same time
     */
    @Schema(name = "Estimate")
    record EstimateView(
            @Schema(type = "string", format = "duration", example = "PT14M")
            Duration duration) {}
}
