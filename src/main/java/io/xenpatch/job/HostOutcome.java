package io.xenpatch.job;

/** What became of a host: the first that applies (API.md). */
public enum HostOutcome {
    /** Something is left that this job does not carry out. */
    MANUAL_ACTION_LEFT,
    REBOOTED,
    /** A live patch took the place of a reboot. */
    LIVE_PATCHED,
    TOOLSTACK_RESTARTED,
    EVACUATED,
    /** Nothing had to be installed, or installed with nothing further. */
    NO_ACTION
}
