package io.xenpatch.job;

import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Brings the guests that this job moved off the host home again, one after the other (R23). What counts is where each guest is:
 * one that is home, stopped, or moved on by a person is left alone, so the step can be taken up after a crash at any point. A guest
 * that can't come home is a warning and never fails its host.
 */
final class RestoreVms {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofMillis(500);
    private static final int TRIES = 25;

    private RestoreVms() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, step.task());
        PoolSnapshot pool = look.pool();
        if (pool == null) {
            return HostWork.tooLong(slice, step)
                    ? giveUp(slice, host, step, List.of())
                    : HostWork.await(slice, host, step, "the pool to answer", LIMIT, Duration.ofSeconds(2));
        }
        List<VmHome> stray = Homes.strayFrom(slice.pool(), host.host(), pool);
        if (stray.isEmpty()) {
            return HostWork.done(slice, host, step);
        }
        if (pool.vms().stream().anyMatch(vm -> vm.currentOperations().containsValue("pool_migrate"))
                || migrates(slice)) {
            return HostWork.await(slice, host, step, "migrations to end", LIMIT, PACE);
        }
        boolean best = slice.pool().policy().vmPlacementAfter() == VmPlacementAfter.BEST_EFFORT;
        int most = best
                ? slice.pool().homes().size()
                : TRIES + slice.pool().homes().size();
        if (step.attempts() >= most || HostWork.tooLong(slice, step)) {
            return giveUp(slice, host, step, stray);
        }
        return migrate(slice, host, step, stray.get(step.attempts() % stray.size()));
    }

    private static boolean migrates(Slice slice) {
        return slice.xapi().tasks().all().stream()
                .filter(task -> !task.state().isFinished())
                .map(XapiTaskRecord::name)
                .anyMatch(name -> name.endsWith("VM.pool_migrate"));
    }

    private static Tick migrate(Slice slice, HostUpdate host, Step step, VmHome guest) {
        if (!slice.hasTimeForACall()) {
            return Tick.at(slice.time());
        }
        Instant now = slice.time();
        Instant last = step.intentAt();
        boolean again = ("\"" + guest.vm() + "\"").equals(step.data());
        if (last != null && again && now.isBefore(last.plus(BETWEEN_TRIES))) {
            return HostWork.await(slice, host, step, guest.name() + " to be movable", LIMIT, BETWEEN_TRIES);
        }
        Step intent = step.intent(now, new Before(now, true, null, null, null))
                .waitingFor(step.waiting())
                .keeping("\"" + guest.vm() + "\"");
        slice.save(host, intent);
        HostUuid home = host.host();
        try {
            slice.save(host, intent.accepted(slice.xapi().vms().migrate(guest.vm(), home)));
        } catch (XapiFailure failure) {
            if (!failure.mayHaveHappened()) {
                slice.save(host, intent.notHappened());
            }
        }
        return Tick.at(slice.time().plus(PACE));
    }

    private static Tick giveUp(Slice slice, HostUpdate host, Step step, List<VmHome> stray) {
        String who = stray.isEmpty()
                ? "The pool did not answer for 30 minutes: look where the VMs of host " + host.name() + " run."
                : "Not back on host " + host.name() + ": "
                        + stray.stream().map(VmHome::name).sorted().collect(Collectors.joining(", ")) + ".";
        HostUpdate warned = slice.save(host.with(step.succeeded(slice.time())).warned("VM_NOT_HOME: " + who));
        return Tick.at(slice.time().plus(warned.warnings().isEmpty() ? PACE : Duration.ZERO));
    }
}
