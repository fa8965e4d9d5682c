package io.xenpatch.job;

import java.util.EnumSet;
import java.util.Set;

/** How far one host of an update job is; what became of it is told by its outcome. */
public enum HostUpdateState {
    PENDING,
    IN_PROGRESS,
    SUCCEEDED,
    /** Left out, with a reason. */
    SKIPPED,
    FAILED;

    /** Whether this state may be followed by that one; no state follows itself. */
    public boolean canMoveTo(HostUpdateState next) {
        return successors().contains(next);
    }

    /** Whether its work is over. Only a pool that is planned again from its coordinator takes a host back that succeeded (R15). */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == SKIPPED || this == FAILED;
    }

    private Set<HostUpdateState> successors() {
        return switch (this) {
            case PENDING -> EnumSet.of(IN_PROGRESS, SKIPPED);
            case IN_PROGRESS -> EnumSet.of(PENDING, SUCCEEDED, SKIPPED, FAILED);
            case SUCCEEDED -> EnumSet.of(PENDING);
            case SKIPPED, FAILED -> EnumSet.noneOf(HostUpdateState.class);
        };
    }
}
