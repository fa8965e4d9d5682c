package io.xenpatch.pool;

/** How far a host is. */
public enum UpdateStatus {
    /** Everything that the pool offers is on it, and nothing is left to do. */
    UP_TO_DATE,
    /** An update that the pool has the image of is not applied on it. */
    UPDATES_AVAILABLE,
    /** Something applied before still needs a reboot or the like. */
    TASKS_PENDING,
    /** The pool has no updates of the kind that can be told from its records, or was never read. */
    UNKNOWN
}
