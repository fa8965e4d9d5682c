package io.xenpatch.precheck;

/** The fixes that rules name. Whether one is made is for the request's {@code fixes} to say (R35). */
final class Fixes {

    static final Fix ADD_COORDINATOR =
            new Fix("ADD_COORDINATOR", "Add the coordinator to the targets, so that it is updated first.", false);
    static final Fix HA_OFF = new Fix(
            "HA_OFF", "Turn high availability off for the time of the job and on again with the same settings.", true);
    static final Fix WLB_OFF =
            new Fix("WLB_OFF", "Turn workload balancing off for the time of the job and on again afterwards.", true);
    static final Fix EJECT_CD =
            new Fix("EJECT_CD", "Eject the disc before the host is evacuated and insert it again afterwards.", true);
    static final Fix AUTO_START_OFF = new Fix(
            "AUTO_START_OFF", "Turn automatic start off for the time of the job and on again afterwards.", true);
    static final Fix SUSPEND_VM =
            new Fix("SUSPEND_VM", "Suspend the VM before the host is evacuated and resume it afterwards.", true);
    static final Fix SHUTDOWN_VM_CLEAN = new Fix(
            "SHUTDOWN_VM_CLEAN",
            "Shut the VM down cleanly before the host is evacuated and start it afterwards.",
            true);

    static final Fix SYNC_UPDATES = new Fix("SYNC_UPDATES", "Let the pool fetch what its repository has.", false);
    static final Fix PAUSE_UPDATE_SYNC = new Fix(
            "PAUSE_UPDATE_SYNC",
            "Turn the pool's own synchronisation off for the time of the job and on again afterwards.",
            true);

    private Fixes() {}
}
