package io.xenpatch.simulator;

/** What can go wrong on demand. Unless told otherwise a fault strikes the next matching call or event once. */
public enum FaultKind {
    /** The call happens, then the connection is reset before the answer. */
    CONNECTION_RESET,
    /** The connection is reset before the call happens. */
    DROP_BEFORE,
    /** The answer comes later by {@code for} (default 30 s). */
    SLOW_ANSWER,
    /** The call happens and no byte of an answer ever comes. */
    HANG,
    /** The call happens; half of the answer comes, then the connection closes. */
    HALF_ANSWER,
    /** The call happens; the answer is HTTP 200 with a body that is no JSON. */
    GARBAGE,
    /** HTTP 500 with an HTML page; the call does not happen. */
    HTTP_500,
    /** The call fails with {@code code} and {@code params}. */
    API_ERROR,
    /** All sessions are gone when the call comes. */
    SESSION_LOST,
    /** The task of an {@code Async.} call vanishes as soon as it was answered; its work goes on. */
    TASK_LOST,
    /** The task of an {@code Async.} call stays pending for ever, although its work gets done. */
    TASK_STUCK,
    /** The connection of an upload ({@code import_raw_vdi}) is reset when half of its bytes have come. */
    UPLOAD_BREAKS,
    /** An upload is not read any further when half of its bytes have come ({@code for}: that long). */
    UPLOAD_STALLS,
    /** Loading the live patch fails on the host. */
    LIVE_PATCH_FAILS,
    /** The precheck fails with {@code code} and {@code params}. */
    PRECHECK_FAILS,
    /**
     * The application fails with {@code code} and {@code params} (default UPDATE_APPLY_FAILED, of {@code host.apply_updates}
     * APPLY_UPDATES_FAILED; of {@code updater.py} the failure of yum).
     */
    APPLY_FAILS,
    /**
     * Somebody else synchronises new updates just before {@code host.apply_updates} looks: the hash is another one. On XCP-ng the mirrors
     * have more packages when {@code updater.py} begins to update.
     */
    UPDATES_CHANGE,
    /** Somebody else's {@code updater.py} runs on the host for {@code for} (default 30 s): {@code code} (default check_update). */
    PLUGIN_BUSY,
    /** A guest refuses a migration away from the host: {@code code} (default VM_MIGRATE_FAILED). */
    VM_REFUSES_TO_MOVE,
    /** The host does not come back from its next reboot. */
    HOST_NEVER_RETURNS,
    /** The host comes back from its next reboot later by {@code for} (default 10 min). */
    HOST_RETURNS_LATE,
    /** After its next start the shared storage of the host is not attached. */
    STORAGE_MISSING,
    /** The host loses power now and stays away ({@code for}: comes back after that time). Needs {@code hostUuid}. */
    HOST_DIES,
    /**
     * The coordinator loses power now unless it has already ({@code for}: comes back after that time, as a supporter), and the host becomes
     * coordinator: every other toolstack restarts. Needs {@code hostUuid}.
     */
    EMERGENCY_TAKEOVER,
    /** {@code host.enable} answers HOST_STILL_BOOTING for {@code for} (default 1 min) from the first call on. */
    REFUSE_ENABLE,
    /** The host (default: coordinator) presents another certificate from now on ({@code for}: that long). */
    WRONG_CERTIFICATE
}
