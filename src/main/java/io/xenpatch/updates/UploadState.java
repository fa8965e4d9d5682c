package io.xenpatch.updates;

import java.util.EnumSet;
import java.util.Set;

/** How far an upload is. */
public enum UploadState {
    /** An instance works on it, or did until it died. */
    RUNNING,
    /** The pool knows the update. */
    SUCCEEDED,
    /** It came to nothing, as far as is known; what is left of it in the pool gets removed. */
    FAILED;

    /** Whether this state may be followed by that one; no state follows itself. */
    public boolean canMoveTo(UploadState next) {
        return successors().contains(next);
    }

    private Set<UploadState> successors() {
        return switch (this) {
            case RUNNING -> EnumSet.of(SUCCEEDED, FAILED);
            // the pool introduced the update although the answer was lost
            case FAILED -> EnumSet.of(SUCCEEDED);
            case SUCCEEDED -> EnumSet.noneOf(UploadState.class);
        };
    }
}
