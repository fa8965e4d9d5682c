package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directly before a host starts: ask again, decide again, judge again (P5.3). */
final class HostStart {

    private HostStart() {}

    static Tick slice(Slice slice, HostUpdate host) {
        PoolUpdate pool = slice.pool();
        Set<HostUuid> only = Set.of(host.host());
        PoolSnapshot seen = slice.xapi().pool().observe();
        Questions open = pool.questions() == null
                ? Questions.begin(seen, pool.update(), only, pool.policy(), slice.time())
                : pool.questions();
        Questions asked = open.step(slice.xapi(), seen, slice.time());
        if (!asked.isComplete()) {
            slice.save(pool.asking(asked));
            return Tick.at(slice.time().plus(Prechecking.PACE));
        }
        Judgement judgement =
                Judgement.of(seen, pool.update(), only, asked.answers(), pool.policy(), slice.time(), null);
        List<PrecheckRow> blocking = judgement.rows().stream()
                .filter(PrecheckRow::isBlocking)
                // a member goes on although this job left a restart on the coordinator (R28, R32); so was judged at the
                // start
                .filter(row -> !row.code().equals("COORDINATOR_RESTART_PENDING"))
                .toList();
        slice.save(pool.asking(null));
        HostPlan plan = judgement.plan().hosts().get(0);
        if (plan.evacuates() && leftDisabled(pool).isPresent()) {
            Rolling.skip(slice, host, exhausted(host, leftDisabled(pool).get()));
            return Tick.at(slice.time());
        }
        if (!blocking.isEmpty()) {
            return blocked(slice, host, blocking, seen.coordinator());
        }
        return begin(slice, host, plan);
    }

    /** A host that this job leaves disabled for a person, as it was asked to: no other may leave the pool beside it (R28). */
    private static Optional<HostUpdate> leftDisabled(PoolUpdate pool) {
        return pool.policy().mode() == Mode.MANUAL && pool.policy().leaveDisabled()
                ? pool.hosts().stream()
                        .filter(done -> done.state() == HostUpdateState.SUCCEEDED)
                        .filter(done -> done.step(StepType.DISABLE_HOST).isPresent()
                                && done.step(StepType.ENABLE_HOST).isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private static Failure exhausted(HostUpdate host, HostUpdate away) {
        return Failure.of(
                "CAPACITY_EXHAUSTED",
                "Host " + away.name()
                        + " stays disabled until a person has restarted it, as leaveDisabled says, and host "
                        + host.name() + " must not leave the pool beside it: it is untouched. Start a new job when "
                        + away.name() + " is back in service.");
    }

    private static Tick blocked(Slice slice, HostUpdate host, List<PrecheckRow> blocking, HostUuid coordinator) {
        Failure why = Prechecking.blockedBy(blocking);
        if (slice.pool().policy().onBlocker() == OnBlocker.SKIP_HOST
                && !host.host().equals(coordinator)) {
            Rolling.skip(slice, host, why);
        } else {
            HostUpdate begun = host.ended(HostUpdateState.IN_PROGRESS, null, null, slice.time());
            slice.save(
                    begun.ended(HostUpdateState.FAILED, null, why, slice.time()),
                    slice.hostEvent("host-update.failed", host, Map.of("code", why.code())));
        }
        return Tick.at(slice.time());
    }

    private static Tick begin(Slice slice, HostUpdate host, HostPlan plan) {
        List<StepType> steps = HostSteps.untilVerified(
                plan.decision(), plan.applies(), slice.pool().policy());
        HostUpdate begun = host.begun(plan, steps, slice.time());
        slice.save(
                begun,
                slice.hostEvent(
                        "host-update.started",
                        host,
                        Map.of(
                                "tasks",
                                plan.decision().tasks().stream().map(Enum::name).toList(),
                                "reasons",
                                plan.decision().reasons().stream()
                                        .map(reason -> reason.code().name())
                                        .toList())));
        return Tick.at(slice.time());
    }
}
