package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.PlannedStep;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.StepEstimates;
import io.xenpatch.plan.StepType;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an assessment found on one pool.
 *
 * @param hosts the decisions; empty when the pool could not be read
 * @param waves hosts that are worked on together, wave after wave
 * @param steps everything that would be done, in order
 * @param skippedHosts targets that would be left out because something stops them
 * @param estimate how long a job would take on this pool
 */
public record PoolReport(
        UUID poolUuid,
        Outcome outcome,
        List<PrecheckView> prechecks,
        List<DecisionView> hosts,
        List<List<UUID>> waves,
        List<Step> steps,
        List<UUID> skippedHosts,
        Duration estimate) {

    static PoolReport of(PoolSnapshot pool, Judgement judgement) {
        PoolPlan plan = judgement.plan();
        return new PoolReport(
                plan.pool().value(),
                Outcome.of(judgement),
                judgement.rows().stream().map(PrecheckView::of).toList(),
                plan.hosts().stream()
                        .map(host -> host.sequence() == null
                                ? DecisionView.of(host.decision())
                                : DecisionView.of(host.sequence()))
                        .toList(),
                plan.waves().stream()
                        .map(wave -> wave.stream().map(HostUuid::value).toList())
                        .toList(),
                plan.hosts().stream()
                        .flatMap(host -> host.work().stream().map(step -> Step.of(host.hostUuid(), step)))
                        .toList(),
                judgement.leftOut().stream().map(HostUuid::value).toList(),
                StepEstimates.of(plan, pool));
    }

    /** A pool of which nothing is known but what stands against it. */
    static PoolReport blocked(PrecheckRow row, UUID pool) {
        return new PoolReport(
                pool,
                Outcome.BLOCKED,
                List.of(PrecheckView.of(row)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO);
    }

    /**
     * One step of one host.
     *
     * @param hostUuid XAPI uuid of the host
     * @param type what would be done
     * @param updateUuid XAPI uuid of the update that is applied or looked at, on a host that gets several; null otherwise
     */
    @Schema(name = "PlannedStep")
    public record Step(
            UUID hostUuid, StepType type, @Nullable UUID updateUuid) {

        static Step of(HostUuid host, PlannedStep step) {
            UpdateUuid update = step.update();
            return new Step(host.value(), step.type(), update == null ? null : update.value());
        }
    }
}
