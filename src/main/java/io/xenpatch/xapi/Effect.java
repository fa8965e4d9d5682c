package io.xenpatch.xapi;

/** What sending a call twice would do, and so how the transport may repeat it (ARCHITECTURE "Recovery"). */
public enum Effect {
    /** Changes nothing: repeated up to three times, full jitter. */
    READ,
    /** Twice is like once: repeated only when the request was certainly not sent. */
    IDEMPOTENT,
    /** Never repeated by the transport. */
    ONCE
}
