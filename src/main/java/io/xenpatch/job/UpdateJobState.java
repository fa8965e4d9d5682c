package io.xenpatch.job;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

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

    /** What the pools of a job wait for that occupy nothing. */
    enum WaitingFor {
        /** A runner, their turn or another job. */
        TURN,
        /** Their time or their maintenance window, all of them. */
        TIME,
        /** Somebody who ends the pause, all of them. */
        RESUME;

        static WaitingFor of(Collection<PoolUpdate> pools, Instant now) {
            List<PoolUpdate> waiting = pools.stream()
                    .filter(pool -> pool.state() == PoolUpdateState.WAITING)
                    .toList();
            return of(
                    !waiting.isEmpty() && waiting.stream().allMatch(PoolUpdate::pauseRequested),
                    !waiting.isEmpty() && waiting.stream().allMatch(pool -> pool.isScheduled(now)));
        }

        static WaitingFor of(boolean allPaused, boolean allScheduled) {
            return allPaused ? RESUME : allScheduled ? TIME : TURN;
        }
    }

    /**
     * The state of a job whose pool updates are in these states (ARCHITECTURE "State machines"). While any pool is unfinished
     * the job is: CANCELLING, RUNNING, PAUSED, PRECHECKING, the first that a pool is in; else PAUSED or SCHEDULED where all wait for that;
     * else RUNNING when any has ended, QUEUED when none has begun.
     *
     * @param waiting what those wait for that are WAITING
     * @throws IllegalArgumentException when there is no pool update: every job has one
     */
    static UpdateJobState of(Collection<PoolUpdateState> pools, WaitingFor waiting) {
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("A job has at least one pool update");
        }
        return pools.stream().allMatch(PoolUpdateState::isTerminal) ? ended(pools) : unfinished(pools, waiting);
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

    private static UpdateJobState unfinished(Collection<PoolUpdateState> pools, WaitingFor waiting) {
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
        return switch (waiting) {
            case RESUME -> PAUSED;
            case TIME -> SCHEDULED;
            case TURN -> pools.stream().anyMatch(PoolUpdateState::isTerminal) ? RUNNING : QUEUED;
        };
    }
}
