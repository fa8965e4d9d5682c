package io.xenpatch.job;

/** What happens around a job, at a time that the seed chooses. */
enum SeedEvent {
    PAUSE(false),
    RESUME(false),
    CANCEL(false),
    SKIP(false),
    DATABASE_AWAY(false),
    POOL_CUT_OFF(false),
    REFERENCES_CHANGE(false),
    HOST_DIES(true),
    COORDINATOR_MOVES(true),
    EMERGENCY_TAKEOVER(true),
    PERSON_DISABLES_A_HOST(true),
    PERSON_ENABLES_A_HOST(true),
    PERSON_MOVES_A_VM(true),
    PERSON_STOPS_A_VM(true),
    PERSON_STARTS_A_VM(true);

    private final boolean hands;

    SeedEvent(boolean hands) {
        this.hands = hands;
    }

    /** Whether somebody or something else changes the pool, so that not everything in it is the job's doing. */
    boolean changesThePool() {
        return hands;
    }
}
