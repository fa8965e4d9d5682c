package io.xenpatch.plan;

/**
 * One reason of a decision.
 *
 * @param detail what the server said, in its own words; empty when the code says it all
 */
public record Reason(ReasonCode code, Source source, String detail) {

    /** Where the task comes from (P1.3). */
    public enum Source {
        /** The update asks for it. */
        UPDATE,
        /** An earlier update left it. */
        PENDING,
        /** A live patch failed. */
        FAILED_LIVE_PATCH
    }
}
