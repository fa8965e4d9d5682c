package io.xenpatch.plan;

import java.util.Set;

/** The fixes that a job may make before it touches a host, each named by a precheck's row and opted into by a request (R34, R35). */
public enum FixCode {
    HA_OFF("Turn high availability off for the time of the job and on again with the same settings.", true, false),
    WLB_OFF("Turn workload balancing off for the time of the job and on again afterwards.", true, false),
    AUTO_START_OFF("Turn automatic start off for the time of the job and on again afterwards.", true, false),
    PAUSE_UPDATE_SYNC(
            "Turn the pool's own synchronisation off for the time of the job and on again afterwards.", true, false),
    EJECT_CD("Eject the disc before the host is evacuated and insert it again afterwards.", true, false),
    SUSPEND_VM("Suspend the VM before the host is evacuated and resume it afterwards.", true, true),
    SHUTDOWN_VM_CLEAN("Shut the VM down cleanly before the host is evacuated and start it afterwards.", true, true),
    /** Made only where {@link #SHUTDOWN_VM_CLEAN} was made and timed out. */
    SHUTDOWN_VM_HARD(
            "Cut the VM's power when it does not shut down cleanly in time, and start it afterwards.", true, true),
    RECONNECT_STORAGE("Attach (plug) the storage on the host. It stays attached.", false, false),
    POWER_ON_HOST("Switch the host on by its remote power control and wait for it. It stays on.", false, false),
    SYNC_UPDATES("Let the pool fetch what its repository has.", false, false),
    ADD_COORDINATOR("Add the coordinator to the targets, so that it is updated first.", false, false);

    /** Every reversible fix that interrupts no guest. */
    public static final String ALL = "ALL";

    private final String description;
    private final boolean reversible;
    private final boolean interruptsGuest;

    FixCode(String description, boolean reversible, boolean interruptsGuest) {
        this.description = description;
        this.reversible = reversible;
        this.interruptsGuest = interruptsGuest;
    }

    /** What is done, as a sentence. */
    public String description() {
        return description;
    }

    /** Whether it is taken back when the job has ended, however it ended. */
    public boolean isReversible() {
        return reversible;
    }

    /** Whether somebody's VM stops for a while. */
    public boolean interruptsGuest() {
        return interruptsGuest;
    }

    /** When such a fix is made (R35). */
    PlannedFix.Moment usualMoment() {
        return switch (this) {
            case RECONNECT_STORAGE, POWER_ON_HOST, SYNC_UPDATES, ADD_COORDINATOR -> PlannedFix.Moment.BEFORE_PLAN;
            case HA_OFF, WLB_OFF, AUTO_START_OFF, PAUSE_UPDATE_SYNC -> PlannedFix.Moment.BEFORE_HOST;
            case EJECT_CD, SUSPEND_VM, SHUTDOWN_VM_CLEAN, SHUTDOWN_VM_HARD -> PlannedFix.Moment.BEFORE_EVACUATION;
        };
    }

    /** @param named codes, or {@link #ALL}; what stops a guest or can't be taken back must be named */
    public boolean isAllowedBy(Set<String> named) {
        return named.contains(name()) || named.contains(ALL) && reversible && !interruptsGuest;
    }
}
