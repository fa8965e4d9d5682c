package io.xenpatch.job;

import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the guests that this job moved off the host home again, a few at a time (R23). What counts is where each guest is: one that
 * is home, stopped, or moved on by a person is left alone, so the step can be taken up after a crash at any point. A guest that
 * can't come home is a warning and never fails its host.
 */
final class RestoreVms {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreVms.class);
    private static final Duration PACE = Duration.ofMillis(500);

    private RestoreVms() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        PoolSnapshot pool = HostLook.of(slice, host, null).pool();
        Duration limit = slice.settings().restoreVms();
        if (pool == null) {
            return HostWork.tooLong(slice, step)
                    ? giveUp(slice, host, step, List.of())
                    : HostWork.await(slice, host, step, "the pool to answer", limit, Duration.ofSeconds(2));
        }
        List<VmHome> stray = Homes.strayFrom(slice.pool(), host.host(), pool);
        WaysHome ways = WaysHome.of(step.data());
        if (stray.isEmpty()) {
            forget(slice, ways);
            return HostWork.done(slice, host, step);
        }
        List<VmHome> busy = stray.stream()
                .filter(guest -> isOnItsWay(pool, guest)
                        || ways.isFresh(
                                guest.vm(), slice.time(), slice.settings().vmTryEvery()))
                .toList();
        Optional<VmHome> next = next(slice, stray, busy, ways);
        if (HostWork.tooLong(slice, step) || next.isEmpty() && busy.isEmpty()) {
            return giveUp(slice, host, step, stray);
        }
        if (next.isEmpty() || busy.size() >= slice.settings().vmsAtOnce()) {
            return HostWork.await(slice, host, step, names(stray) + " to come home", limit, PACE);
        }
        return slice.hasTimeForACall() ? migrate(slice, host, step, ways, next.get()) : Tick.at(slice.time());
    }

    private static boolean isOnItsWay(PoolSnapshot pool, VmHome guest) {
        return pool.vm(guest.vm())
                .filter(vm -> vm.currentOperations().containsValue("pool_migrate"))
                .isPresent();
    }

    /** The one that was tried least, if any may be tried again. */
    private static Optional<VmHome> next(Slice slice, List<VmHome> stray, List<VmHome> busy, WaysHome ways) {
        boolean best = slice.pool().policy().vmPlacementAfter() == VmPlacementAfter.BEST_EFFORT;
        int most = best ? 1 : slice.settings().vmTries();
        return stray.stream()
                .filter(guest -> !busy.contains(guest) && ways.count(guest.vm()) < most)
                .min(Comparator.comparing(guest -> ways.count(guest.vm())));
    }

    private static Tick migrate(Slice slice, HostUpdate host, Step step, WaysHome ways, VmHome guest) {
        Instant now = slice.time();
        WaysHome trying = ways.trying(guest.vm(), now);
        Step intent = step.intent(now, new Before(now, true, null, null, null))
                .waitingFor(step.waiting())
                .keeping(trying.json());
        slice.save(host, intent);
        try {
            var task = slice.xapi().vms().migrate(guest.vm(), host.host());
            slice.save(
                    host,
                    intent.accepted(task)
                            .keeping(trying.accepted(guest.vm(), task).json()));
        } catch (XapiFailure failure) {
            LOG.debug("{} could not be sent home: {}", guest.name(), failure.getMessage());
            if (!failure.mayHaveHappened()) {
                slice.save(host, intent.notHappened());
            }
        }
        return Tick.at(slice.time());
    }

    /** Finished tasks are tidied away as far as time allows; the server forgets the others by itself (xapi.md §3). */
    private static void forget(Slice slice, WaysHome ways) {
        ways.tasks().stream().takeWhile(task -> slice.hasTimeForACall()).forEach(task -> {
            try {
                slice.xapi().tasks().destroy(task);
            } catch (XapiFailure gone) {
                LOG.debug("Task {} stays: {}", task, gone.getMessage());
            }
        });
    }

    private static Tick giveUp(Slice slice, HostUpdate host, Step step, List<VmHome> stray) {
        String who = stray.isEmpty()
                ? "The pool did not answer for "
                        + JobSettings.words(slice.settings().restoreVms()) + ": look where the VMs of host "
                        + host.name() + " run."
                : "Not back on host " + host.name() + ": " + names(stray) + ".";
        forget(slice, WaysHome.of(step.data()));
        slice.save(host.with(step.succeeded(slice.time())).warned("VM_NOT_HOME: " + who));
        return Tick.at(slice.time());
    }

    private static String names(List<VmHome> guests) {
        return guests.stream().map(VmHome::name).sorted().collect(Collectors.joining(", "));
    }
}
