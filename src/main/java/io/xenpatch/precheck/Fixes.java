package io.xenpatch.precheck;

import io.xenpatch.plan.FixCode;

/** The fixes that rules name. Whether one is made is for the request's {@code fixes} to say (R35). */
final class Fixes {

    static final Fix ADD_COORDINATOR = Fix.of(FixCode.ADD_COORDINATOR);
    static final Fix HA_OFF = Fix.of(FixCode.HA_OFF);
    static final Fix WLB_OFF = Fix.of(FixCode.WLB_OFF);
    static final Fix EJECT_CD = Fix.of(FixCode.EJECT_CD);
    static final Fix AUTO_START_OFF = Fix.of(FixCode.AUTO_START_OFF);
    static final Fix SUSPEND_VM = Fix.of(FixCode.SUSPEND_VM);
    static final Fix SHUTDOWN_VM_CLEAN = Fix.of(FixCode.SHUTDOWN_VM_CLEAN);
    static final Fix RECONNECT_STORAGE = Fix.of(FixCode.RECONNECT_STORAGE);
    static final Fix POWER_ON_HOST = Fix.of(FixCode.POWER_ON_HOST);
    static final Fix SYNC_UPDATES = Fix.of(FixCode.SYNC_UPDATES);
    static final Fix PAUSE_UPDATE_SYNC = Fix.of(FixCode.PAUSE_UPDATE_SYNC);

    private Fixes() {}
}
