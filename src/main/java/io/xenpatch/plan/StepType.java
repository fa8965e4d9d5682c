package io.xenpatch.plan;

/** What the work on a host is made of. Steps are data made by the pure planner; the job carries them out. */
public enum StepType {
    ASSERT_EVACUABLE,
    /** Makes the fixes that the host needs now (R35). */
    FIX,
    DISABLE_HOST,
    EVACUATE,
    APPLY_UPDATE,
    /** Reads the host again and decides once more (R5). */
    VERIFY,
    RESTART_TOOLSTACK,
    REBOOT,
    AWAIT_HOST_LIVE,
    AWAIT_STORAGE,
    ENABLE_HOST,
    RESTORE_VMS,
    /** Takes back the fixes that were made for this host. */
    REVERT
}
