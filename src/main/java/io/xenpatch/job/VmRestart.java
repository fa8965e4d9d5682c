package io.xenpatch.job;

import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One VM that a job restarts, or whose device model it restarts, after all hosts of the pool (R10).
 *
 * @param host where it runs
 * @param task {@code RESTART_VM} or {@code RESTART_DEVICE_MODEL}
 * @param intentAt when the call was committed to; null before
 * @param startedBefore when the VM had started then; null where the server does not say
 * @param call the XAPI task; null while it is not known whether the pool accepted it
 */
record VmRestart(
        VmUuid vm,
        String name,
        HostUuid host,
        UpdateTask task,
        State state,
        @Nullable Instant intentAt,
        @Nullable Instant startedBefore,
        @Nullable XapiTaskRef call) {

    static VmRestart pending(VmUuid vm, String name, HostUuid host, UpdateTask task) {
        return new VmRestart(vm, name, host, task, State.PENDING, null, null, null);
    }

    VmRestart intent(Instant now, @Nullable Instant startedAt) {
        return new VmRestart(vm, name, host, task, State.RUNNING, now, startedAt, null);
    }

    VmRestart accepted(XapiTaskRef by) {
        return new VmRestart(vm, name, host, task, state, intentAt, startedBefore, by);
    }

    VmRestart in(State end) {
        return new VmRestart(vm, name, host, task, end, intentAt, startedBefore, call);
    }

    boolean isOver() {
        return state != State.PENDING && state != State.RUNNING;
    }

    /** How far it is. */
    enum State {
        PENDING,
        RUNNING,
        DONE,
        /** It no longer runs, or somebody did it meanwhile. */
        NEEDLESS,
        FAILED
    }
}
