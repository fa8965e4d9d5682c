package io.xenpatch.plan;

import io.xenpatch.xen.HostUuid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host's part of a plan.
 *
 * @param applies whether an update must be applied here; false when the host has it already
 * @param endsDisabled the host was in a person's maintenance before and stays so (R27)
 * @param work as foreseen, in order; empty when nothing is to be done
 * @param sequence of a host that gets the latest update images one after the other; null on every other
 */
public record HostPlan(
        HostDecision decision,
        boolean applies,
        boolean endsDisabled,
        List<PlannedStep> work,
        @Nullable HostSequence sequence) {

    public HostPlan {
        work = List.copyOf(work);
    }

    /** Of a host that gets one update at most. */
    public HostPlan(HostDecision decision, boolean applies, boolean endsDisabled, List<StepType> steps) {
        this(decision, applies, endsDisabled, PlannedStep.plain(steps), null);
    }

    /** What is done, in order. */
    public List<StepType> steps() {
        return work.stream().map(PlannedStep::type).toList();
    }

    /** What is done until the host was looked at after its first apply. */
    public List<PlannedStep> untilVerified(UpdatePolicy policy) {
        return sequence == null
                ? PlannedStep.plain(HostSteps.untilVerified(decision, applies, policy))
                : SequenceSteps.untilFirstVerified(sequence, policy);
    }

    public HostUuid hostUuid() {
        return decision.hostUuid();
    }

    /** Whether the host leaves the pool's service for a while: it is disabled, evacuated or restarted. */
    public boolean goesAway() {
        return steps().stream()
                .anyMatch(step ->
                        step == StepType.DISABLE_HOST || step == StepType.REBOOT || step == StepType.RESTART_TOOLSTACK);
    }

    public boolean evacuates() {
        return steps().contains(StepType.EVACUATE);
    }
}
