package io.xenpatch.plan;

import io.xenpatch.xen.HostUuid;
import java.util.List;

/**
 * One host's part of a plan.
 *
 * @param applies whether the update must be applied here; false when the host has it already
 * @param endsDisabled the host was in a person's maintenance before and stays so (R27)
 * @param steps as foreseen, in order; empty when nothing is to be done
 */
public record HostPlan(HostDecision decision, boolean applies, boolean endsDisabled, List<StepType> steps) {

    public HostPlan {
        steps = List.copyOf(steps);
    }

    public HostUuid hostUuid() {
        return decision.hostUuid();
    }

    /** Whether the host leaves the pool's service for a while: it is disabled, evacuated or restarted. */
    public boolean goesAway() {
        return steps.contains(StepType.DISABLE_HOST)
                || steps.contains(StepType.REBOOT)
                || steps.contains(StepType.RESTART_TOOLSTACK);
    }

    public boolean evacuates() {
        return steps.contains(StepType.EVACUATE);
    }
}
