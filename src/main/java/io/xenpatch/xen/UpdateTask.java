package io.xenpatch.xen;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a host still needs so that an update takes effect. "No action" is the empty set, never an element (R6). */
public enum UpdateTask {
    /** Its VMs move away first. */
    REBOOT_HOST,
    /** VMs go on running. */
    RESTART_TOOLSTACK,
    /** Its VMs move away, and come back to renewed device models. */
    EVACUATE_HOST,
    /** Of VMs that run there; moving them does it. */
    RESTART_DEVICE_MODEL,
    /** VMs that run there; restarted only where the request says so ({@code vmRestarts}). */
    RESTART_VM;

    /** The tasks that are left when the larger ones have done the work of the smaller ones (R6). */
    public static Set<UpdateTask> absorb(Collection<UpdateTask> tasks) {
        EnumSet<UpdateTask> left = EnumSet.noneOf(UpdateTask.class);
        left.addAll(tasks);
        tasks.forEach(task -> left.removeAll(task.absorbed()));
        return Collections.unmodifiableSet(left);
    }

    private Set<UpdateTask> absorbed() {
        return switch (this) {
            case REBOOT_HOST -> EnumSet.of(RESTART_TOOLSTACK, EVACUATE_HOST, RESTART_DEVICE_MODEL);
            case EVACUATE_HOST, RESTART_VM -> EnumSet.of(RESTART_DEVICE_MODEL);
            case RESTART_TOOLSTACK, RESTART_DEVICE_MODEL -> EnumSet.noneOf(UpdateTask.class);
        };
    }
}
