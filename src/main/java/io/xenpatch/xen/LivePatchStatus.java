package io.xenpatch.xen;

/** What the server says of an update's live patch on one host (R2). Only {@link #COMPLETE} can spare a reboot. */
public enum LivePatchStatus {
    /** Every component that needs patching has a live patch for the running build. */
    COMPLETE,
    /** Live patches exist but do not cover everything. */
    INCOMPLETE,
    /** No live patch applies to this host. */
    NONE,
    /** The server was not asked, failed to answer, or said a word that this version does not know. */
    UNKNOWN;

    /** The meaning of an answer of {@code pool_update.precheck} (xencenter.md §1.3). */
    public static LivePatchStatus fromPrecheck(String answer) {
        return switch (answer) {
            case "ok_livepatch_complete" -> COMPLETE;
            case "ok_livepatch_incomplete" -> INCOMPLETE;
            case "ok" -> NONE;
            default -> UNKNOWN;
        };
    }
}
