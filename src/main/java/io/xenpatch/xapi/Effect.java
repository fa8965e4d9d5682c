package io.xenpatch.xapi;

/**
 * What sending a call twice would do, and so how the transport may repeat it (ARCHITECTURE "Recovery").
 *
 * <p>One repetition is allowed to all: XAPI checks session and role of a host before it dispatches a call, so {@code SESSION_INVALID}
 * and {@code HOST_IS_SLAVE} mean that nothing has happened (xapi.md §1.5, §2.1). The call is then sent in a new session, to the host
 * that is coordinator now, twice at most.
 */
public enum Effect {
    /** Changes nothing: repeated up to three times, full jitter. */
    READ,
    /** Twice is like once: repeated only when the request was certainly not sent. */
    IDEMPOTENT,
    /** Never repeated by the transport once it may have been dispatched, not even when it was certainly not sent. */
    ONCE
}
