package io.xenpatch.plan;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateTask;
import java.util.List;
import java.util.Set;

/**
 * What one host needs, and why. Made by {@link Decider} alone, so that an assessment and a job can't differ (P8.1); that is
 * why this is no record: its constructor must stay out of others' reach.
 */
public final class HostDecision {

    private final DecisionInputs inputs;
    private final boolean livePatchEffective;
    private final Set<UpdateTask> tasks;
    private final List<Reason> reasons;
    private final List<VmToRestart> vmsToRestart;

    HostDecision(
            DecisionInputs inputs,
            boolean livePatchEffective,
            Set<UpdateTask> tasks,
            List<Reason> reasons,
            List<VmToRestart> vmsToRestart) {
        this.inputs = inputs;
        this.livePatchEffective = livePatchEffective;
        this.tasks = UpdateTask.absorb(tasks);
        this.reasons = List.copyOf(reasons);
        this.vmsToRestart = List.copyOf(vmsToRestart);
    }

    public HostUuid hostUuid() {
        return inputs.hostUuid();
    }

    /** The normalised tasks (R6); empty = no action required. */
    public Set<UpdateTask> tasks() {
        return tasks;
    }

    /** Whether a live patch takes the place of a reboot (P1.2). */
    public boolean livePatchEffective() {
        return livePatchEffective;
    }

    /** In the order in which they led to the tasks, the decisive one first. */
    public List<Reason> reasons() {
        return reasons;
    }

    public List<VmToRestart> vmsToRestart() {
        return vmsToRestart;
    }

    /** What the decision was made from. */
    public DecisionInputs inputs() {
        return inputs;
    }

    public boolean noActionRequired() {
        return tasks.isEmpty();
    }

    public boolean needs(UpdateTask task) {
        return tasks.contains(task);
    }

    @Override
    public String toString() {
        return "HostDecision[" + hostUuid() + ": " + tasks + ", " + reasons + "]";
    }
}
