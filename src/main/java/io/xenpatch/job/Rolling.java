package io.xenpatch.job;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One host after the other, coordinator first and completely finished (R13); then the pool's end. */
final class Rolling {

    /** A pause is ended by somebody who then wakes the pool. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private Rolling() {}

    /**
     * The pool was silent for too long: the host that is at work fails, or the one that would be next, and the rest of the pool with it.
     *
     * @param last what it answered last, or did not
     * @return empty where the work itself knows when to give up
     */
    static Optional<Tick> giveUp(Slice slice, String last) {
        PoolUpdate pool = slice.pool();
        String silent = "Pool " + pool.poolName() + " did not answer for "
                + JobSettings.words(slice.settings().poolAnswers()) + " (" + last + "). ";
        Optional<HostUpdate> working = working(pool);
        Optional<HostUpdate> next = working.isPresent() ? working : pending(pool);
        Optional<HostUpdate> host = next.isPresent() ? next : deferred(pool);
        if (host.isEmpty()) {
            return VmRestarting.giveUp(slice, Reasons.POOL_UNREACHABLE);
        }
        if (host.get().state() == HostUpdateState.PENDING) {
            Failure why = Failure.of(
                    Reasons.POOL_UNREACHABLE,
                    silent + "Host " + host.get().name()
                            + " was not started: it is untouched. Start a new job when the pool answers again.");
            return Optional.of(HostStart.fail(slice, host.get(), why));
        }
        return host.get()
                .nextStep()
                .filter(step -> step.type() != StepType.REVERT)
                .map(step -> HostWork.fail(
                        slice,
                        host.get(),
                        step,
                        Failure.of(
                                Reasons.POOL_UNREACHABLE,
                                silent
                                        + left(
                                                host.get(),
                                                step,
                                                JobSettings.words(
                                                        slice.settings().poolAnswers())))));
    }

    private static String left(HostUpdate host, Step step, String again) {
        String sent = step.call() == null || step.call() == CallFate.NOT_HAPPENED
                ? " was not sent to host "
                : " was sent, and nobody knows what became of it on host ";
        return step.type() + sent + host.name() + ". "
                + (hasApplied(host)
                        ? "It stays as it is: see that it is enabled and which tasks it has left when the pool answers again."
                        : "The update is not on it: it goes back into service if the pool answers again within the next "
                                + again + "; later see that it is enabled (xe host-enable) and where its VMs run.");
    }

    private static Optional<HostUpdate> working(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.IN_PROGRESS && !host.deferred())
                .findFirst();
    }

    private static Optional<HostUpdate> pending(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.PENDING)
                .findFirst();
    }

    /** Reboots that were not possible before are tried once more at the end (R18). */
    private static Optional<HostUpdate> deferred(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.IN_PROGRESS)
                .findFirst();
    }

    static Tick slice(Slice slice) {
        WishesHeard.hear(slice);
        Optional<HostUpdate> working = working(slice.pool());
        if (working.isPresent()) {
            return HostWork.slice(slice, working.get());
        }
        Optional<HostUpdate> next = pending(slice.pool());
        if (next.isPresent()) {
            return mayStart(slice, next.get()) ? start(slice, next.get()) : Tick.at(slice.time());
        }
        return deferred(slice.pool())
                .map(host -> isClosed(slice) ? Closing.leave(slice, host) : HostWork.slice(slice, host))
                .or(() -> restarts(slice))
                .orElseGet(() -> Ending.begin(slice));
    }

    /** R10: VMs are restarted when all hosts are finished, and like hosts only while the window is open. */
    private static Optional<Tick> restarts(Slice slice) {
        if (failed(slice.pool()).isPresent()) {
            return Optional.empty();
        }
        return isClosed(slice) && VmRestarting.isLeft(slice)
                ? Optional.of(Closing.begin(slice))
                : VmRestarting.slice(slice);
    }

    /** No further host begins in a window that is over, or while somebody wants a pause. */
    private static Tick start(Slice slice, HostUpdate next) {
        if (isClosed(slice)) {
            return deferred(slice.pool())
                    .map(host -> Closing.leave(slice, host))
                    .orElseGet(() -> Closing.begin(slice));
        }
        return slice.pool().state() == PoolUpdateState.PAUSED
                ? Tick.at(slice.time().plus(PAUSE))
                : HostStart.slice(slice, next);
    }

    private static boolean isClosed(Slice slice) {
        return slice.pool().isClosed(slice.time());
    }

    /** Skips the host when nothing further may start (R29, R30). */
    private static boolean mayStart(Slice slice, HostUpdate next) {
        if (slice.pool().state() == PoolUpdateState.CANCELLING) {
            skip(slice, next, WishesHeard.cancelled());
            return false;
        }
        Optional<HostUpdate> failed = failed(slice.pool());
        failed.ifPresent(host -> skip(
                slice,
                next,
                Failure.of(
                        "EARLIER_FAILURE",
                        "Host " + host.name() + " failed, so this host was not started: it is untouched.")));
        return failed.isEmpty();
    }

    static Optional<HostUpdate> failed(PoolUpdate pool) {
        return pool.hosts().stream()
                .filter(host -> host.state() == HostUpdateState.FAILED)
                .findFirst();
    }

    static void skip(Slice slice, HostUpdate host, Failure why) {
        slice.save(
                host.ended(HostUpdateState.SKIPPED, null, why, slice.time()),
                slice.hostEvent("host-update.skipped", host, Map.of("code", why.code())));
    }

    /** Whether the point of no return is behind a host: then it is finished completely, whatever is asked (R29). */
    static boolean hasApplied(HostUpdate host) {
        return host.steps().stream()
                .anyMatch(step -> step.type() == StepType.APPLY_UPDATE && step.state() != StepState.PENDING
                        || step.type() == StepType.VERIFY && step.state().isTerminal());
    }
}
