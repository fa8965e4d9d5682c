package io.xenpatch.simulator.repository;

/** How urgent guidance is, in the order in which XAPI goes through it (xapi.md §7.5). */
public enum GuidanceKind {
    /** Without it the host is not enabled and gets no further update. */
    MANDATORY("mandatory"),
    /** Without it the host doesn't have the security of the update. */
    RECOMMENDED("recommended"),
    /** Without it the host doesn't have everything that the update brings. */
    FULL("full"),
    /** What remains of the recommended guidance where a live patch takes the place of a reboot; no host has it. */
    LIVEPATCH("livepatch");

    private final String text;

    GuidanceKind(String text) {
        this.text = text;
    }

    /** Its name in {@code updateinfo.xml} and in the answer of {@code GET /updates}. */
    public String text() {
        return text;
    }
}
