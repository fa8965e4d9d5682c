package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;

/** How far a fix is (R35). */
@Schema(name = "FixState")
public enum FixState {
    /** Nothing was done yet. */
    PLANNED,
    /** What was before is recorded; the change is on its way. */
    MAKING,
    /** The change is there, and ours. */
    MADE,
    /** It was so already, or there is nothing to change any more: nothing is taken back. */
    NEEDLESS,
    /** The change could not be made; it is not taken back either. */
    FAILED,
    /** It is being taken back. */
    REVERTING,
    /** Everything is as it was. */
    REVERTED,
    /** Somebody else changed it meanwhile, and that is left as it is. */
    LEFT,
    /** It could not be taken back: a person has to. */
    NOT_REVERTED;

    /** Whether it may still have to be taken back. */
    boolean isStanding() {
        return this == MAKING || this == MADE || this == REVERTING;
    }
}
