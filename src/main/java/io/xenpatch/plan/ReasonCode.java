package io.xenpatch.plan;

/** Why a task is, or is not, part of a decision. Stable: callers and the history rely on the names. */
public enum ReasonCode {
    /** The live patch takes the reboot's place. */
    LIVE_PATCH_COMPLETE,
    /** Complete, but the job's policy is {@code NEVER} (R4). */
    LIVE_PATCHING_REFUSED_BY_POLICY,
    /** Complete, but not every live host's licence allows it (R3). */
    LIVE_PATCHING_NOT_LICENSED,
    /** Complete, but the pool has live patching disabled. */
    LIVE_PATCHING_DISABLED,
    LIVE_PATCH_INCOMPLETE,
    NO_LIVE_PATCH,
    LIVE_PATCH_STATUS_UNKNOWN,
    /** The update asks for exactly this task. */
    UPDATE_GUIDANCE,
    /** The update, or a pending list, uses a word unknown to this version; that counts as a reboot (P1.3). */
    UNKNOWN_GUIDANCE,
    /** An earlier update left this task (R9). */
    PENDING_GUIDANCE,
    /** An earlier live patch failed in reality and its reboot is still due (R8). */
    PENDING_LIVE_PATCH_FAILURE,
    /** The live patch was to be complete and failed when it was applied (P1.5). */
    LIVE_PATCH_FAILED,
    /** The product has no live patches (XCP-ng; R2): what needs a reboot gets one. */
    LIVE_PATCHING_NOT_SUPPORTED,
    /** The packages that the detail names need exactly this task (R12). */
    UPDATED_PACKAGES,
    /** The host did not say which packages it lacks; that counts as a reboot (R12). */
    PACKAGES_UNKNOWN
}
