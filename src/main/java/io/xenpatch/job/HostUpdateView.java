package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.DecisionView;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.UpdateTask;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One host of a job as the API shows it: what was planned, what was seen, what became of it. */
@Schema(name = "HostUpdate")
record HostUpdateView(
        UUID poolUuid,
        UUID hostUuid,
        String name,
        HostUpdateState state,
        @Nullable HostOutcome outcome,
        @Nullable DecisionView plannedDecision,
        @Nullable DecisionView observedDecision,
        List<UpdateTask> tasksLeft,
        List<UUID> vmsRestarted,
        List<String> warnings,
        @Nullable Failure failure,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<StepView> steps) {

    static HostUpdateView of(PoolUpdate pool, HostUpdate host) {
        HostDecision decision = host.decision();
        boolean over = host.state() == HostUpdateState.SUCCEEDED || host.state() == HostUpdateState.FAILED;
        return new HostUpdateView(
                pool.pool().value(),
                host.host().value(),
                host.name(),
                host.state(),
                host.outcome(),
                view(host.planned()),
                view(host.observedDecision()),
                decision == null || !over
                        ? List.of()
                        : Outcomes.left(host, decision).stream().sorted().toList(),
                List.of(),
                host.warnings(),
                host.failure(),
                host.startedAt(),
                host.finishedAt(),
                host.steps().stream().map(step -> StepView.of(host, step)).toList());
    }

    private static @Nullable DecisionView view(@Nullable HostDecision decision) {
        return decision == null ? null : DecisionView.of(decision);
    }

    /**
     * One step.
     *
     * @param attempts how often its call was sent, or may have been
     * @param waitingFor null when it waits for nothing
     */
    @Schema(name = "Step")
    record StepView(
            UUID hostUuid,
            int position,
            StepType type,
            StepState state,
            int attempts,
            @Nullable String xapiTask,
            @Nullable Waiting waitingFor,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure) {

        static StepView of(HostUpdate host, Step step) {
            return new StepView(
                    host.host().value(),
                    step.position(),
                    step.type(),
                    step.state(),
                    step.attempts(),
                    step.task() == null ? null : step.task().value(),
                    step.waiting(),
                    step.startedAt(),
                    step.finishedAt(),
                    step.failure());
        }
    }
}
