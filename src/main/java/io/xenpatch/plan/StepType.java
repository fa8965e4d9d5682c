package io.xenpatch.plan;

/** What the work on a host is made of. Steps are data made by the pure planner; the job carries them out. */
public enum StepType {
    ASSERT_EVACUABLE,
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
    RESTORE_VMS
}
