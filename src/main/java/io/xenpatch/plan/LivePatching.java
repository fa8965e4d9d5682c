package io.xenpatch.plan;

/** Whether a live patch may take the place of a reboot (P1.6, R4, R9). */
public enum LivePatching {
    /** A complete live patch spares the reboot. */
    PREFER,
    /** As {@link #PREFER}; a host that must reboot blocks the job. */
    REQUIRE,
    /** Do not rely on live patches: reboot as well. The server loads them all the same. */
    NEVER
}
