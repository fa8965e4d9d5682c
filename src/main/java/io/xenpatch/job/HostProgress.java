package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.DecisionView;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.xen.UpdateTask;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One host of an update job.
 *
 * @param poolUuid XAPI uuid of the pool
 * @param hostUuid XAPI uuid of the host
 * @param name name of the host
 * @param state how far it is
 * @param outcome what became of it; null while unfinished, skipped or failed
 * @param startedAt when its work began; null before
 * @param finishedAt when its work ended; null before
 * @param plannedDecision what was decided before the update was applied; null until then
 * @param observedDecision what was decided from what the host reported after; null until then
 * @param tasksLeft what the job did not carry out on a host that it worked on
 * @param vmsRestarted XAPI uuids of the VMs that the job restarted
 * @param failure why it failed or was left out; null when it was not
 * @param warnings what went not quite as planned, in sentences
 * @param steps its work, in order
 */
@Schema(name = "HostUpdate")
public record HostProgress(
        UUID poolUuid,
        UUID hostUuid,
        String name,
        HostUpdateState state,
        @Nullable HostOutcome outcome,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable DecisionView plannedDecision,
        @Nullable DecisionView observedDecision,
        List<UpdateTask> tasksLeft,
        List<UUID> vmsRestarted,
        @Nullable Failure failure,
        List<String> warnings,
        List<StepProgress> steps) {

    static HostProgress of(PoolUpdate pool, HostUpdate host) {
        return new HostProgress(
                pool.pool().value(),
                host.host().value(),
                host.name(),
                host.state(),
                host.outcome(),
                host.startedAt(),
                host.finishedAt(),
                planned(host),
                observed(host),
                left(host),
                restarted(pool, host),
                host.failure(),
                host.warnings(),
                host.steps().stream()
                        .map(step -> StepProgress.of(pool, host, step))
                        .toList());
    }

    private static List<UUID> restarted(PoolUpdate pool, HostUpdate host) {
        return Optional.ofNullable(pool.vmRestarts()).stream()
                .flatMap(List::stream)
                .filter(each -> each.host().equals(host.host())
                        && each.state() == VmRestart.State.DONE
                        && each.task() == UpdateTask.RESTART_VM)
                .map(each -> each.vm().value())
                .toList();
    }

    private static List<UpdateTask> left(HostUpdate host) {
        HostDecision decision = host.decision();
        boolean over = host.state() == HostUpdateState.SUCCEEDED || host.state() == HostUpdateState.FAILED;
        return decision == null || !over
                ? List.of()
                : Outcomes.left(host, decision).stream().sorted().toList();
    }

    static @Nullable DecisionView planned(HostUpdate host) {
        return host.sequence() == null ? view(host.planned()) : DecisionView.planned(host.sequence());
    }

    static @Nullable DecisionView observed(HostUpdate host) {
        HostSequence sequence = host.sequence();
        if (sequence == null) {
            return view(host.observedDecision());
        }
        return sequence.isObserved() ? DecisionView.of(sequence) : null;
    }

    private static @Nullable DecisionView view(@Nullable HostDecision decision) {
        return decision == null ? null : DecisionView.of(decision);
    }
}
