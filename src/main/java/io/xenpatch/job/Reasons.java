package io.xenpatch.job;

import java.util.Set;

/** Codes of what keeps a host's work from being finished although nothing failed. */
final class Reasons {

    /** R18: the host could not be emptied for the reboot that a failed live patch needs. */
    static final String EVACUATION_BLOCKED = "EVACUATION_BLOCKED";

    /** R34: that reboot would need high availability off, and nobody allowed it. */
    static final String HA_ENABLED = "HA_ENABLED";

    /** R15: the repository offers something else than the first hosts of the pool received. */
    static final String UPDATES_CHANGED = "UPDATES_CHANGED";

    /** R28: in MANUAL mode a person restarts, and the next update of a sequence must not be applied before. */
    static final String RESTART_BEFORE_NEXT_UPDATE = "RESTART_BEFORE_NEXT_UPDATE";

    /** R11: not every update of a sequence could be applied. */
    static final String SEQUENCE_STOPPED = "SEQUENCE_STOPPED";

    /** R35: a fix that the work needs could not be made, or somebody undid it. */
    static final String FIX_FAILED = "FIX_FAILED";

    /** Not made in time; it may still take effect. */
    static final String FIX_TIMED_OUT = "FIX_TIMED_OUT";

    /** Somebody else changed meanwhile what a fix had changed. */
    static final String FIX_LEFT = "FIX_LEFT";

    /** R34, R35: a person has to take it back. */
    static final String FIX_NOT_REVERTED = "FIX_NOT_REVERTED";

    /** The pool was silent for longer than the settings allow. */
    static final String POOL_UNREACHABLE = "POOL_UNREACHABLE";

    /** A person asked to leave a host out (P5.6). */
    static final String SKIPPED_ON_REQUEST = "SKIPPED_ON_REQUEST";

    /** R13: its coordinator was left out and lacks the update. */
    static final String COORDINATOR_SKIPPED = "COORDINATOR_SKIPPED";

    static final Set<String> LEAVES_WORK = Set.of(EVACUATION_BLOCKED, HA_ENABLED, RESTART_BEFORE_NEXT_UPDATE);

    private Reasons() {}
}
