package io.xenpatch.simulator;

/** What can have been done to a host, a guest or a pool. {@code subject} is what the action was about. */
public enum JournalAction {
    /** Host no longer takes new guests; detail {@code until enabled} when no start of it changes that. */
    DISABLE,
    /** Host takes guests again; detail {@code automatic} when it did so by itself after a start. */
    ENABLE,
    /** {@code host.evacuate} from its start to its end; detail tells how many guests moved or the error. */
    EVACUATE,
    /** A guest (subject) moved to the host; detail {@code from <uuid> to <uuid>}. */
    VM_MIGRATED,
    /** A guest stopped; detail {@code clean}, {@code hard} or {@code host reboot}. */
    VM_SHUTDOWN,
    VM_STARTED,
    VM_SUSPENDED,
    VM_RESUMED,
    VM_REBOOTED,
    /** A guest (subject) got a new device model on the host where it runs. */
    DEVICE_MODEL_RESTARTED,
    /** Precheck of an update (subject); detail is the answer or the error. */
    PRECHECK,
    /** {@code pool.sync_updates} of a repository (subject) that succeeded; detail is the hash. */
    UPDATES_SYNCED,
    /** Application of an update or a repository (subject) that has ended; detail {@code ok} or the error. */
    APPLY,
    /** The live patch of an update was loaded while the update was applied; detail is its component, in a repository. */
    LIVE_PATCHED,
    /** It was tried and failed: the update now waits for a reboot. */
    LIVE_PATCH_FAILED,
    /** The host went away to reboot (or died: detail {@code died}). */
    REBOOT_STARTED,
    /** Its API is back with a new boot time. */
    REBOOT_FINISHED,
    TOOLSTACK_RESTARTED,
    /** The host became the pool's coordinator. */
    COORDINATOR_CHANGED,
    HA_CHANGED,
    WLB_CHANGED,
    /** {@code pool.live_patching_disabled} changed; detail is the new value. */
    LIVE_PATCHING_CHANGED,
    /** Some {@code other_config} changed; subject is the object's uuid, detail {@code class: key=value …}. */
    OTHER_CONFIG_CHANGED,
    PBD_PLUGGED,
    PBD_UNPLUGGED,
    CD_EJECTED,
    CD_INSERTED,
    /** {@code VDI.create} by a client; detail is the uuid of its storage repository. */
    VDI_CREATED,
    /** {@code VDI.destroy} by a client. */
    VDI_DESTROYED,
    UPDATE_INTRODUCED,
    UPDATE_CLEANED,
    UPDATE_DESTROYED,
    /** A fault was injected; subject is its name. */
    FAULT_INJECTED
}
