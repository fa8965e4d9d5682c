package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.PlannedStep;
import io.xenpatch.plan.PoolPlan;
import io.xenpatch.plan.StepEstimates;
import io.xenpatch.plan.StepType;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmSnapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an assessment found on one pool.
 *
 * @param hosts the decisions; empty when the pool could not be read
 * @param waves hosts that are worked on together, wave after wave
 * @param steps everything that would be done, in order
 * @param vmsToMove guests that leave their host for the time of its work
 * @param fixes what a job would change for the time of its work, as the request's {@code fixes} allow it
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
        List<Move> vmsToMove,
        List<Fix> fixes,
        List<UUID> skippedHosts,
        Duration estimate) {

    public PoolReport {
        // what an earlier version kept has none
        vmsToMove = vmsToMove == null ? List.of() : List.copyOf(vmsToMove);
        fixes = fixes == null ? List.of() : List.copyOf(fixes);
    }

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
                moves(pool, judgement),
                judgement.fixes().stream().map(Fix::of).toList(),
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
                List.of(),
                List.of(),
                Duration.ZERO);
    }

    /** Those that are stopped for the time of the work don't move. */
    private static List<Move> moves(PoolSnapshot pool, Judgement judgement) {
        Set<UUID> stopped = judgement.fixes().stream()
                .filter(fix -> fix.code().interruptsGuest())
                .map(PlannedFix::subject)
                .collect(Collectors.toSet());
        return judgement.plan().hosts().stream()
                .filter(HostPlan::evacuates)
                .flatMap(host -> pool.residentOn(host.hostUuid()).stream()
                        .filter(vm -> !stopped.contains(vm.uuid().value()))
                        .sorted(Comparator.comparing(VmSnapshot::name))
                        .map(vm -> new Move(
                                vm.uuid().value(), vm.name(), host.hostUuid().value())))
                .toList();
    }

    /**
     * A guest that leaves its host for the time of the work. Where it goes the server decides when its turn comes.
     *
     * @param vmUuid XAPI uuid of the VM
     * @param name of the VM
     * @param hostUuid XAPI uuid of the host that it leaves
     */
    @Schema(name = "VmToMove")
    public record Move(UUID vmUuid, String name, UUID hostUuid) {}

    /**
     * Something that a job would change for the time of its work.
     *
     * @param code what it does
     * @param subjectUuid XAPI uuid of what is changed: the pool, a host, a VM, a VM's drive, or a host's connection to storage
     * @param name of the pool, host, VM or storage that it is about
     * @param hostUuid XAPI uuid of the host for whose sake it is made; null when it is the whole pool's
     * @param moment when it is made
     * @param reversible whether it is taken back afterwards
     */
    @Schema(name = "PlannedFix")
    public record Fix(
            FixCode code,
            UUID subjectUuid,
            String name,
            @Nullable UUID hostUuid,
            PlannedFix.Moment moment,
            boolean reversible) {

        static Fix of(PlannedFix fix) {
            HostUuid host = fix.host();
            return new Fix(
                    fix.code(),
                    fix.subject(),
                    fix.name(),
                    host == null ? null : host.value(),
                    fix.moment(),
                    fix.code().isReversible());
        }
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
