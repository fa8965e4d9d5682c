package io.xenpatch.job;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of a host whose steps are done: the first that applies (API.md). */
final class Outcomes {

    private Outcomes() {}

    static HostOutcome of(HostUpdate host) {
        HostDecision decision = host.decision();
        if (decision == null) {
            return HostOutcome.NO_ACTION;
        }
        if (!left(host, decision).isEmpty()) {
            return HostOutcome.MANUAL_ACTION_LEFT;
        }
        if (host.hasDone(StepType.REBOOT)) {
            return HostOutcome.REBOOTED;
        }
        if (host.applies() && decision.livePatchEffective()) {
            return HostOutcome.LIVE_PATCHED;
        }
        if (host.hasDone(StepType.RESTART_TOOLSTACK)) {
            return HostOutcome.TOOLSTACK_RESTARTED;
        }
        return decision.needs(UpdateTask.EVACUATE_HOST) ? HostOutcome.EVACUATED : HostOutcome.NO_ACTION;
    }

    /** The tasks that this job did not carry out. */
    static Set<UpdateTask> left(HostUpdate host, HostDecision decision) {
        HostSequence sequence = host.sequence();
        if (sequence == null) {
            return left(host, decision, null);
        }
        Set<UpdateTask> left = EnumSet.noneOf(UpdateTask.class);
        sequence.updates().stream()
                .filter(part -> part.observed() != null)
                .forEach(part -> left.addAll(left(host, part.decision(), part.update())));
        return UpdateTask.absorb(left);
    }

    private static Set<UpdateTask> left(HostUpdate host, HostDecision decision, @Nullable UpdateUuid update) {
        Set<UpdateTask> left = EnumSet.noneOf(UpdateTask.class);
        left.addAll(decision.tasks());
        if (host.hasDoneSinceApply(StepType.REBOOT, update)) {
            left.retainAll(EnumSet.of(UpdateTask.RESTART_VM));
        }
        if (host.hasDoneSinceApply(StepType.RESTART_TOOLSTACK, update)) {
            left.remove(UpdateTask.RESTART_TOOLSTACK);
        }
        if (host.hasDone(StepType.EVACUATE)) {
            left.remove(UpdateTask.EVACUATE_HOST);
        }
        return left;
    }
}
