package io.xenpatch.job;

import java.util.EnumSet;
import java.util.Set;

/** How far one job is on one pool: the unit that is executed and owned (ARCHITECTURE "State machines"). */
public enum PoolUpdateState {
    /** Accepted, or between two maintenance windows; occupies nothing. */
    WAITING,
    /** Occupies the pool and looks before it touches anything. */
    PRECHECKING,
    RUNNING,
    /** No further host begins; hosts in progress are finished; the pool stays occupied. */
    PAUSED,
    /** Hosts in progress reach a safe point (R29). */
    CANCELLING,
    /** Our fixes are being taken back, whatever the end will be (R35). */
    REVERTING,
    SUCCEEDED,
    /** The prechecks blocked it; no host was touched. */
    REJECTED,
    FAILED,
    CANCELLED,
    /** No host of it, or no further one, was begun, because the roll-out stopped before. */
    SKIPPED;

    /** Whether this state may be followed by that one; no state follows itself. */
    public boolean canMoveTo(PoolUpdateState next) {
        return successors().contains(next);
    }

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }

    /** Whether the pool is this update's alone: at most one such update exists a pool, by a unique index (P5.2). */
    public boolean occupiesPool() {
        return this != WAITING && !isTerminal();
    }

    private Set<PoolUpdateState> successors() {
        return switch (this) {
            case WAITING -> EnumSet.of(PRECHECKING, CANCELLED, REJECTED, FAILED, SKIPPED);
            case PRECHECKING -> EnumSet.of(WAITING, RUNNING, REVERTING, REJECTED, FAILED, CANCELLED, SUCCEEDED);
            case RUNNING -> EnumSet.of(WAITING, PAUSED, CANCELLING, REVERTING, SUCCEEDED, FAILED);
            case PAUSED -> EnumSet.of(WAITING, RUNNING, CANCELLING, REVERTING, SUCCEEDED, FAILED);
            case CANCELLING -> EnumSet.of(REVERTING, CANCELLED, FAILED);
            case REVERTING -> EnumSet.of(WAITING, SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED, REJECTED, FAILED, CANCELLED, SKIPPED -> EnumSet.noneOf(PoolUpdateState.class);
        };
    }
}
