package io.xenpatch.job;

import java.util.Collection;
import java.util.EnumSet;

/** How far an update job is. Computed from its pool updates, never stored as a truth of its own. */
public enum UpdateJobState {
    QUEUED,
    /** Waits for its time or its maintenance window. */
    SCHEDULED,
    /** Reserved. */
    AWAITING_APPROVAL,
    PRECHECKING,
    RUNNING,
    PAUSED,
    CANCELLING,
    SUCCEEDED,
    /** Every pool was blocked by its prechecks; no host was touched. */
    REJECTED,
    FAILED,
    CANCELLED;

    private static final EnumSet<UpdateJobState> TERMINAL = EnumSet.of(SUCCEEDED, REJECTED, FAILED, CANCELLED);

    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /**
     * The state of a job whose pool updates are in these states (ARCHITECTURE "State machines"). While any pool is unfinished
     * the job is: CANCELLING, RUNNING, PAUSED, PRECHECKING, the first that a pool is in; QUEUED when none has begun.
     *
     * @param scheduled whether the pools that have not begun wait for a set time rather than for a runner
     * @throws IllegalArgumentException when there is no pool update: every job has one
     */
    public static UpdateJobState of(Collection<PoolUpdateState> pools, boolean scheduled) {
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("A job has at least one pool update");
        }
        return pools.stream().allMatch(PoolUpdateState::isTerminal) ? ended(pools) : unfinished(pools, scheduled);
    }

    private static UpdateJobState ended(Collection<PoolUpdateState> pools) {
        if (pools.contains(PoolUpdateState.FAILED)) {
            return FAILED;
        }
        if (pools.contains(PoolUpdateState.CANCELLED)) {
            return CANCELLED;
        }
        return pools.stream().allMatch(PoolUpdateState.REJECTED::equals) ? REJECTED : SUCCEEDED;
    }

    private static UpdateJobState unfinished(Collection<PoolUpdateState> pools, boolean scheduled) {
        if (pools.contains(PoolUpdateState.CANCELLING)) {
            return CANCELLING;
        }
        if (pools.contains(PoolUpdateState.RUNNING) || pools.contains(PoolUpdateState.REVERTING)) {
            return RUNNING;
        }
        if (pools.contains(PoolUpdateState.PAUSED)) {
            return PAUSED;
        }
        if (pools.contains(PoolUpdateState.PRECHECKING)) {
            return PRECHECKING;
        }
        boolean begun = pools.stream().anyMatch(PoolUpdateState::isTerminal);
        if (begun) {
            return RUNNING;
        }
        return scheduled ? SCHEDULED : QUEUED;
    }
}
