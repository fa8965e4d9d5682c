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

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }

    private Set<HostUpdateState> successors() {
        return switch (this) {
            case PENDING -> EnumSet.of(IN_PROGRESS, SKIPPED);
            case IN_PROGRESS -> EnumSet.of(SUCCEEDED, SKIPPED, FAILED);
            case SUCCEEDED, SKIPPED, FAILED -> EnumSet.noneOf(HostUpdateState.class);
        };
    }
}
