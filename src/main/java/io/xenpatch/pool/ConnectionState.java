package io.xenpatch.pool;

/** How a pool is reached. */
public enum ConnectionState {
    CONNECTED,
    CONNECTING,
    /** Nobody answers; what is shown is the last known state. */
    UNREACHABLE,
    /** A certificate that is not pinned; nothing is sent until a person confirms it. */
    CERTIFICATE_CHANGED,
    AUTHENTICATION_FAILED
}
