package io.xenpatch.job;

import java.util.EnumSet;
import java.util.Set;

/** How far one step is. A retry is a new job, so no state leads back. */
public enum StepState {
    PENDING,
    /** The intent is committed; the call may have been sent. After a crash: observe, never repeat blindly. */
    RUNNING,
    SUCCEEDED,
    /** Not needed, because what it was for is already so. */
    SKIPPED,
    FAILED;

    /** Whether this state may be followed by that one; no state follows itself. */
    public boolean canMoveTo(StepState next) {
        return successors().contains(next);
    }

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }

    private Set<StepState> successors() {
        return switch (this) {
            case PENDING -> EnumSet.of(RUNNING, SKIPPED);
            case RUNNING -> EnumSet.of(SUCCEEDED, SKIPPED, FAILED);
            case SUCCEEDED, SKIPPED, FAILED -> EnumSet.noneOf(StepState.class);
        };
    }
}
