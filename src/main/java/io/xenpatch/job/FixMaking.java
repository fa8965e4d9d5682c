package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes fixes, one after the other (R35): what was before is committed, then the call is made, then the pool is looked at until it shows the
 * change. Found half way after a crash it is looked at exactly like that. What is so already is not ours, and is never taken back.
 */
final class FixMaking {
    private static final Duration PACE = Duration.ofMillis(700);
    private static final int MOST_CALLS = 5;

    private FixMaking() {}

    /**
     * One slice of it.
     *
     * @param which of the pool's fixes
     * @return empty when none of them is left to be made
     */
    static Optional<Tick> slice(Slice slice, Predicate<KeptFix> which) {
        return slice.pool().fixes().stream()
                .filter(which)
                .filter(fix -> fix.state() == FixState.PLANNED || fix.state() == FixState.MAKING)
                .findFirst()
                .map(fix -> one(slice, fix));
    }

    private static Tick one(Slice slice, KeptFix fix) {
        PoolSnapshot pool = slice.xapi().pool().observe();
        return fix.state() == FixState.PLANNED ? begin(slice, fix, pool) : make(slice, fix, pool);
    }

    private static Tick begin(Slice slice, KeptFix fix, PoolSnapshot pool) {
        Optional<FixAction> action = FixRecording.of(fix.planned(), pool);
        slice.save(slice.pool()
                .with(action.map(what -> fix.making(what, slice.time())).orElseGet(() -> fix.in(FixState.NEEDLESS))));
        return Tick.at(slice.time());
    }

    private static Tick make(Slice slice, KeptFix fix, PoolSnapshot pool) {
        FixAction.Seen seen = fix.recorded().seen(pool);
        if (seen == FixAction.Seen.FIXED) {
            FixCalls.forget(slice, fix);
            return end(slice, fix.in(isOurs(fix) ? FixState.MADE : FixState.NEEDLESS));
        }
        if (seen == FixAction.Seen.GONE) {
            return end(slice, fix.in(FixState.NEEDLESS));
        }
        KeptFix now = FixCalls.look(slice, fix);
        if (isOverdue(slice, now)) {
            return timedOut(slice, now, pool);
        }
        if (now.intentAt() != null || !slice.hasTimeForACall()) {
            return Tick.at(slice.time().plus(PACE));
        }
        if (FixCalls.isFinal(now) || now.attempts() >= MOST_CALLS && now.failure() == null) {
            return failed(slice, now);
        }
        if (now.failure() != null && waitsAfterRefusal(slice, now)) {
            return Tick.at(slice.time().plus(PACE));
        }
        FixCalls.send(slice, now, () -> now.recorded().make(slice.xapi()));
        return Tick.at(slice.time());
    }

    /** What was so before our first call, or although that was refused, is somebody else's doing. */
    private static boolean isOurs(KeptFix fix) {
        boolean onlyRefused = fix.attempts() == 1
                && fix.intentAt() == null
                && fix.failure() != null
                && !fix.failure().xapiError().isEmpty();
        return fix.attempts() > 0 && !onlyRefused;
    }

    /** Something of the pool is busy: not more often than every five seconds on average. */
    private static boolean waitsAfterRefusal(Slice slice, KeptFix fix) {
        return slice.time().isBefore(fix.begun().plusSeconds(5L * fix.attempts()));
    }

    private static boolean isOverdue(Slice slice, KeptFix fix) {
        return !slice.time().isBefore(fix.begun().plus(limit(slice, fix)));
    }

    /** What the pool has accepted may take long; what it refuses is not tried for an hour. */
    static Duration limit(Slice slice, KeptFix fix) {
        return fix.recorded().isLong() && fix.task() != null
                ? slice.settings().suspendVm()
                : slice.settings().makeFix();
    }

    /** R35: power is cut only after the clean way timed out, and only where that was named. */
    private static Tick timedOut(Slice slice, KeptFix fix, PoolSnapshot pool) {
        Optional<KeptFix> harder = harder(slice, fix, pool);
        if (harder.isPresent()) {
            FixCalls.cancel(slice, fix);
            slice.save(
                    slice.pool().fixing(KeptFixes.replacing(slice.pool().fixes(), fix, harder.get())),
                    slice.poolEvent("fix.hardened", Map.of("fix", fix.words())));
            return Tick.at(slice.time());
        }
        FixCalls.cancel(slice, fix);
        Failure known = fix.failure();
        return end(
                slice,
                fix.in(
                        FixState.FAILED,
                        new Failure(
                                Reasons.FIX_TIMED_OUT,
                                fix.words() + " was not done within " + JobSettings.words(limit(slice, fix)) + "."
                                        + (known == null ? "" : " " + known.detail()),
                                known == null ? List.of() : known.xapiError())));
    }

    private static Optional<KeptFix> harder(Slice slice, KeptFix fix, PoolSnapshot pool) {
        if (fix.code() != FixCode.SHUTDOWN_VM_CLEAN
                || fix.intentAt() == null
                || !slice.pool().policy().mayFix(FixCode.SHUTDOWN_VM_HARD)) {
            return Optional.empty();
        }
        PlannedFix clean = fix.planned();
        PlannedFix hard =
                new PlannedFix(FixCode.SHUTDOWN_VM_HARD, clean.subject(), clean.name(), clean.host(), clean.needed());
        return FixRecording.of(hard, pool).map(what -> fix.doing(hard, what, slice.time()));
    }

    private static Tick failed(Slice slice, KeptFix fix) {
        Failure why = fix.failure();
        return end(
                slice,
                fix.in(
                        FixState.FAILED,
                        why == null
                                ? Failure.of(
                                        "FIX_WITHOUT_EFFECT",
                                        fix.words() + " was called " + fix.attempts()
                                                + " times, and the pool does not show it.")
                                : why));
    }

    private static Tick end(Slice slice, KeptFix ended) {
        Failure why = ended.failure();
        slice.save(
                slice.pool().with(ended),
                slice.poolEvent(
                        "fix." + ended.state().name().toLowerCase(Locale.ROOT),
                        why == null
                                ? Map.of("fix", ended.words())
                                : Map.of("fix", ended.words(), "code", why.code(), "detail", why.detail())));
        return Tick.at(slice.time());
    }
}
