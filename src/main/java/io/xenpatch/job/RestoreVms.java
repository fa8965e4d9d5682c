package io.xenpatch.job;

import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xapi.XapiFailure;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the guests that this job moved off the host home again, a few at a time, with room made for them (R23, {@link Homecoming}).
 * What counts is where each guest is: one that is home, stopped, or moved on by a person is left alone, so the step can be taken up
 * after a crash at any point. A guest that can't come home is a warning and never fails its host.
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
        PoolUpdate settled = Homes.settled(slice.pool(), pool);
        if (!settled.equals(slice.pool())) {
            slice.save(settled);
        }
        Homecoming seen =
                new Homecoming(slice.pool(), host.host(), pool, WaysHome.of(step.data()), limits(slice), slice.time());
        List<VmHome> stray = seen.stray();
        if (stray.isEmpty()) {
            forget(slice, seen.ways());
            return HostWork.done(slice, host, step);
        }
        if (HostWork.tooLong(slice, step)) {
            return giveUp(slice, host, step, stray);
        }
        WaysHome ways = withErrors(slice, seen);
        return new Homecoming(slice.pool(), host.host(), pool, ways, seen.limits(), seen.now())
                .next()
                .fold(
                        guest -> slice.hasTimeForACall()
                                ? migrate(slice, host, step, ways, guest)
                                : Tick.at(slice.time()),
                        () -> HostWork.await(
                                slice, host, step.keeping(ways.json()), names(stray) + " to come home", limit, PACE),
                        () -> giveUp(slice, host, step, stray));
    }

    private static Homecoming.Limits limits(Slice slice) {
        JobSettings settings = slice.settings();
        boolean best = slice.pool().policy().vmPlacementAfter() == VmPlacementAfter.BEST_EFFORT;
        return new Homecoming.Limits(best ? 1 : settings.vmTries(), settings.vmsAtOnce(), settings.vmTryEvery(), !best);
    }

    /** The tries so far, and why those failed that have ended without effect. */
    private static WaysHome withErrors(Slice slice, Homecoming seen) {
        WaysHome ways = seen.ways();
        for (VmHome guest : seen.inQuestion()) {
            Optional<String> error = ways.taskOf(guest.vm()).flatMap(task -> error(slice, task));
            if (error.isPresent()) {
                ways = ways.failed(guest.vm(), error.get());
            }
        }
        return ways;
    }

    private static Optional<String> error(Slice slice, XapiTaskRef task) {
        try {
            return slice.xapi().tasks().observe(task) instanceof XapiTask.Failed failed
                    ? Optional.of(failed.code())
                    : Optional.empty();
        } catch (XapiFailure unknown) {
            return Optional.empty();
        }
    }

    private static Tick migrate(Slice slice, HostUpdate host, Step step, WaysHome ways, VmHome guest) {
        Instant now = slice.time();
        WaysHome trying = ways.trying(guest.vm(), now);
        Step intent = step.intent(now, new Before(now, true, null, null, null))
                .waitingFor(step.waiting())
                .keeping(trying.json());
        slice.save(host, intent);
        try {
            XapiTaskRef task =
                    slice.sending(() -> slice.xapi().vms().migrate(guest.vm(), Objects.requireNonNull(guest.home())));
            slice.save(
                    host,
                    intent.accepted(task)
                            .keeping(trying.accepted(guest.vm(), task).json()));
        } catch (XapiFailure failure) {
            LOG.debug("{} could not be sent home: {}", guest.name(), failure.getMessage());
            if (!failure.mayHaveHappened()) {
                WaysHome known = failure instanceof XapiFailure.Refused refused
                        ? trying.failed(guest.vm(), refused.code())
                        : trying;
                slice.save(host, intent.notHappened().keeping(known.json()));
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
