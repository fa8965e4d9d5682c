package io.xenpatch.xen;

/** XAPI's {@code vm_power_state}. */
public enum PowerState {
    HALTED,
    PAUSED,
    RUNNING,
    SUSPENDED;

    /** Whether the guest occupies its host: running or paused (xencenter.md §1.4). */
    public boolean isResident() {
        return this == RUNNING || this == PAUSED;
    }
}
