package io.xenpatch.xen;

/** How urgently the server asks for a pending guidance: which of its three lists names it (xapi.md §7.9). */
public enum GuidanceLevel {
    /** What cannot wait. */
    MANDATORY,
    /** What should be done soon. */
    RECOMMENDED,
    /** All that the update takes to be complete. */
    FULL
}
