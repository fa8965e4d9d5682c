package io.xenpatch.job;

import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.StepType;
import io.xenpatch.xapi.XapiFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The fixes of one host: made directly before it is evacuated, taken back when it is in service again (R35). */
final class HostFixes {

    private HostFixes() {}

    private static Predicate<KeptFix> of(HostUpdate host) {
        return fix -> host.host().equals(fix.host());
    }

    /**
     * Has fixes made before a step, which then begins anew.
     *
     * @param needed what the step can't do without
     * @return empty when there is nothing to make, or when one of them was made in vain already
     */
    static Optional<Tick> before(Slice slice, HostUpdate host, Step step, List<PlannedFix> needed) {
        PoolUpdate pool = slice.pool();
        boolean waiting = pool.fixes().stream().filter(of(host)).anyMatch(fix -> fix.state() == FixState.PLANNED);
        if (!waiting && needed.isEmpty() || needed.stream().anyMatch(fix -> isUsedUp(pool, fix))) {
            return Optional.empty();
        }
        PoolUpdate planned = needed.stream().reduce(pool, HostFixes::planning, (one, other) -> other);
        slice.save(planned.with(host.doingFirst(List.of(StepType.FIX), step)));
        return Optional.of(Tick.at(slice.time()));
    }

    /** With a fix to be made, unless it is on its way or was made. */
    static PoolUpdate planning(PoolUpdate pool, PlannedFix fix) {
        boolean isNew =
                pool.fix(fix).map(known -> known.state() == FixState.REVERTED).orElse(true);
        return isNew ? pool.with(KeptFix.planned(fix)) : pool;
    }

    /** Whether it was tried in this job and does not hold: what a person undid is not done again. */
    static boolean isUsedUp(PoolUpdate pool, PlannedFix fix) {
        return pool.fix(fix)
                .map(KeptFix::state)
                .filter(state -> state != FixState.PLANNED && state != FixState.MAKING && state != FixState.REVERTED)
                .isPresent();
    }

    /** The step that makes what is planned: the host's fixes, and those of the pool that only turned out to be needed now. */
    static Tick make(Slice slice, HostUpdate host, Step step) {
        if (host.failure() != null) {
            return HostWork.skipped(slice, host, step);
        }
        if (step.state() == StepState.PENDING) {
            slice.save(host, step.began(slice.time()));
        }
        try {
            Optional<Tick> next = FixMaking.slice(slice, fix -> fix.host() == null || of(host).test(fix));
            return next.orElseGet(() -> made(slice, slice.pool().hostUpdate(host.host()), step.began(slice.time())));
        } catch (XapiFailure silent) {
            if (slice.time().isBefore(silentUntil(slice, step))) {
                throw silent;
            }
            return HostWork.fail(
                    slice,
                    host,
                    step,
                    Failure.of(
                            Reasons.POOL_UNREACHABLE,
                            "The pool no longer answers, so that the fixes that host " + host.name()
                                    + " needs could not be made."));
        }
    }

    private static Instant silentUntil(Slice slice, Step step) {
        Instant since = step.startedAt() == null ? slice.time() : step.startedAt();
        return since.plus(slice.settings().poolAnswers()).plus(slice.settings().suspendVm());
    }

    private static Tick made(Slice slice, HostUpdate host, Step step) {
        Optional<KeptFix> failed = slice.pool().fixes().stream()
                .filter(fix -> fix.host() == null || of(host).test(fix))
                .filter(fix -> fix.planned().needed() && fix.state() == FixState.FAILED)
                .findFirst();
        return failed.isPresent()
                ? HostWork.fail(
                        slice, host, step, failure(List.of(failed.get()), "Host " + host.name() + " was not emptied."))
                : HostWork.done(slice, host, step);
    }

    /**
     * What could not be fixed, or was undone by somebody.
     *
     * @param state a sentence that says what state things are in
     */
    static Failure failure(List<KeptFix> fixes, String state) {
        String what = fixes.stream()
                .map(fix -> fix.failure() == null
                        ? fix.words() + " was made, and somebody undid it."
                        : fix.failure().detail())
                .distinct()
                .collect(Collectors.joining(" "));
        List<String> error = fixes.stream()
                .flatMap(fix -> Optional.ofNullable(fix.failure()).stream())
                .map(Failure::xapiError)
                .findFirst()
                .orElse(List.of());
        return new Failure(
                Reasons.FIX_FAILED,
                what + " " + state + " Do it by hand, or name another fix, and start a new job.",
                error);
    }

    /** Whether something of a host must still be taken back before it ends. */
    static boolean areLeft(PoolUpdate pool, HostUpdate host) {
        boolean gaveUp = host.steps().stream()
                .filter(step -> step.type() == StepType.FIX || step.type() == StepType.REVERT)
                .reduce((earlier, later) -> later)
                .filter(step -> step.type() == StepType.REVERT)
                .isPresent();
        return !gaveUp && pool.fixes().stream().filter(of(host)).anyMatch(FixReverting::isOpen);
    }

    /** The step that takes them back; what resists is tried once more when the pool's work ends. */
    static Tick revert(Slice slice, HostUpdate host, Step step) {
        if (step.state() == StepState.PENDING) {
            slice.save(host, step.began(slice.time()));
        }
        Predicate<KeptFix> own = of(host);
        try {
            return FixReverting.slice(slice, own.and(fix -> !gaveUp(fix)), FixState.MADE)
                    .orElseGet(() -> reverted(slice, slice.pool().hostUpdate(host.host()), step));
        } catch (XapiFailure silent) {
            if (slice.time().isBefore(silentUntil(slice, step))) {
                throw silent;
            }
            return reverted(slice, slice.pool().hostUpdate(host.host()), step);
        }
    }

    private static boolean gaveUp(KeptFix fix) {
        return fix.state() == FixState.MADE
                && fix.failure() != null
                && fix.failure().code().equals(Reasons.FIX_NOT_REVERTED);
    }

    private static Tick reverted(Slice slice, HostUpdate host, Step step) {
        HostUpdate warned = host;
        for (KeptFix fix : slice.pool().fixes().stream().filter(of(host)).toList()) {
            Failure why = fix.failure();
            if (why != null && (fix.state() == FixState.LEFT || gaveUp(fix))) {
                warned = warned.warned(why.code() + ": " + why.detail());
            }
        }
        slice.save(warned);
        return HostWork.done(slice, warned, step.began(slice.time()));
    }
}
