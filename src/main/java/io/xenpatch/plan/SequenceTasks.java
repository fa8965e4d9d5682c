package io.xenpatch.plan;

import io.xenpatch.xen.UpdateTask;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * When the tasks of several updates of one host are carried out (xencenter.md §6.4): those of an update whose guidance is mandatory
 * directly after it, all others once, after the last. What an update leaves to do is decided before, so a reboot that a live patch
 * spares is in none of the sets. Tasks of guests wait for the end of the pool in any case (R10).
 *
 * @param now after the update that was added last, before the next one
 * @param delayed after the last update
 */
public record SequenceTasks(Set<UpdateTask> now, Set<UpdateTask> delayed) {

    private static final Set<UpdateTask> OF_GUESTS = Set.of(UpdateTask.RESTART_VM, UpdateTask.RESTART_DEVICE_MODEL);

    /** Before the first update. */
    public static final SequenceTasks NONE = new SequenceTasks(Set.of(), Set.of());

    public SequenceTasks {
        now = Set.copyOf(now);
        delayed = Set.copyOf(delayed);
    }

    /**
     * After one more update.
     *
     * @param left the update's decision
     * @param mandatory whether its guidance must be carried out before the next update
     */
    public SequenceTasks after(Set<UpdateTask> left, boolean mandatory) {
        Set<UpdateTask> ofHost = without(left, OF_GUESTS);
        Set<UpdateTask> due = mandatory ? due(ofHost) : Set.of();
        return new SequenceTasks(due, stillLeft(left, due));
    }

    /** A toolstack restart while a reboot is due is risky: the reboot is made instead (CA-304025). */
    private Set<UpdateTask> due(Set<UpdateTask> ofHost) {
        return !ofHost.isEmpty() && delayed.contains(UpdateTask.REBOOT_HOST)
                ? Set.of(UpdateTask.REBOOT_HOST)
                : UpdateTask.absorb(ofHost);
    }

    /** What is left when what is due has done its own work and that of what it absorbs (R6). */
    private Set<UpdateTask> stillLeft(Set<UpdateTask> left, Set<UpdateTask> due) {
        Set<UpdateTask> all = EnumSet.noneOf(UpdateTask.class);
        all.addAll(delayed);
        all.addAll(left);
        all.addAll(due);
        return without(UpdateTask.absorb(all), due);
    }

    private static Set<UpdateTask> without(Set<UpdateTask> tasks, Set<UpdateTask> others) {
        Set<UpdateTask> left = EnumSet.noneOf(UpdateTask.class);
        left.addAll(tasks);
        left.removeAll(others);
        return Collections.unmodifiableSet(left);
    }
}
