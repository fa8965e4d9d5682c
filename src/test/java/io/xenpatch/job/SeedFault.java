package io.xenpatch.job;

/** What can go wrong with a runner, its database or its calls; each strikes once, at a boundary that the seed chooses. */
enum SeedFault {
    /** The process is gone before it has asked the database. */
    DIES_BEFORE_THE_STORE,
    /** It is gone after the database did it. */
    DIES_AFTER_THE_STORE,
    /** The connection is lost before the commit. */
    COMMIT_LOST,
    /** The commit happened, and nobody learns it. */
    COMMIT_UNKNOWN,
    /** The process stands still, others go on, and then it wakes up: an early or a late one. */
    SLEEPS,
    /** The process dies before a call of its own that changes the pool. */
    DIES_BEFORE_THE_CALL,
    /** It dies when the call was made, before it writes that down. */
    DIES_AFTER_THE_CALL,
    CALL_DROPPED,
    ANSWER_LOST,
    ANSWER_DELAYED,
    /** The same, for calls that only read. */
    READ_DROPPED;

    boolean isOfTheStore() {
        return ordinal() <= SLEEPS.ordinal();
    }

    boolean isOfARead() {
        return this == READ_DROPPED;
    }
}
