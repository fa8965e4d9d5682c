package io.xenpatch.job;

import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes fixes back, the latest first (R34, R35): only what this job made, and only while it is as this job left it. A fix that was on its
 * way when the work ended is made out first.
 */
final class FixReverting {
    private static final Duration PACE = Duration.ofMillis(700);
    private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(5);

    private FixReverting() {}

    /** Whether a fix is still to be taken back, or may be: one that timed out can take effect late. */
    static boolean isOpen(KeptFix fix) {
        return fix.code().isReversible()
                && (fix.state().isStanding()
                        || fix.state() == FixState.FAILED
                                && fix.failure() != null
                                && fix.failure().code().equals(Reasons.FIX_TIMED_OUT));
    }

    /**
     * One slice of it.
     *
     * @param which of the pool's fixes
     * @param gaveUp what becomes of one that could not be taken back in time
     * @return empty when nothing is left to do
     */
    static Optional<Tick> slice(Slice slice, Predicate<KeptFix> which, FixState gaveUp) {
        List<KeptFix> latestFirst = new ArrayList<>(slice.pool().fixes());
        Collections.reverse(latestFirst);
        return latestFirst.stream()
                .filter(which)
                .filter(FixReverting::isOpen)
                .findFirst()
                .map(fix -> one(slice, fix, gaveUp));
    }

    private static Tick one(Slice slice, KeptFix fix, FixState gaveUp) {
        PoolSnapshot pool = slice.xapi().pool().observe();
        return switch (fix.state()) {
            case MAKING -> endOfMaking(slice, fix, pool);
            case REVERTING -> revert(slice, fix, pool, gaveUp);
            default -> begin(slice, fix, pool);
        };
    }

    /** What was under way when the work was given up: made after all, or not. */
    private static Tick endOfMaking(Slice slice, KeptFix fix, PoolSnapshot pool) {
        FixAction.Seen seen = fix.recorded().seen(pool);
        boolean sent = fix.attempts() > 0;
        if (sent && (seen == FixAction.Seen.FIXED || seen == FixAction.Seen.PARTLY)) {
            return save(slice, fix.in(FixState.MADE));
        }
        KeptFix now = FixCalls.look(slice, fix);
        boolean mayStillHappen =
                now.intentAt() != null && slice.time().isBefore(now.begun().plus(FixMaking.limit(slice, now)));
        return mayStillHappen
                ? Tick.at(slice.time().plus(PACE))
                : save(slice, now.in(seen == FixAction.Seen.FIXED ? FixState.NEEDLESS : FixState.FAILED));
    }

    private static Tick begin(Slice slice, KeptFix fix, PoolSnapshot pool) {
        return switch (fix.recorded().seen(pool)) {
            case FIXED -> save(slice, fix.reverting(slice.time()));
            case FORMER -> save(slice, fix.state() == FixState.FAILED ? failedForGood(fix) : fix.in(FixState.REVERTED));
            case PARTLY, OTHER -> left(slice, fix, "Somebody else changed it meanwhile.");
            case GONE -> left(slice, fix, "What it was about is no longer there.");
        };
    }

    /** It timed out, and has not taken effect since. */
    private static KeptFix failedForGood(KeptFix fix) {
        Failure late = Objects.requireNonNull(fix.failure());
        return fix.in(FixState.FAILED, new Failure(Reasons.FIX_FAILED, late.detail(), late.xapiError()));
    }

    private static Tick left(Slice slice, KeptFix fix, String why) {
        return save(
                slice,
                fix.in(
                        FixState.LEFT,
                        Failure.of(
                                Reasons.FIX_LEFT,
                                why + " " + fix.words() + " is not taken back. If it should be: "
                                        + fix.recorded().byHand())));
    }

    private static Tick revert(Slice slice, KeptFix fix, PoolSnapshot pool, FixState gaveUp) {
        FixAction.Seen seen = fix.recorded().seen(pool);
        if (seen == FixAction.Seen.FORMER) {
            FixCalls.forget(slice, fix);
            return save(slice, fix.in(FixState.REVERTED));
        }
        if (seen == FixAction.Seen.GONE) {
            return left(slice, fix, "What it was about is no longer there.");
        }
        KeptFix now = FixCalls.look(slice, fix);
        boolean foreign = seen == FixAction.Seen.OTHER && now.intentAt() == null;
        if (foreign) {
            return left(slice, now, "Somebody else changed it meanwhile.");
        }
        Optional<String> obstacle = now.recorded().obstacle(pool);
        if (!slice.time().isBefore(now.begun().plus(limit(slice, now)))) {
            return giveUp(slice, now, obstacle, gaveUp);
        }
        if (now.intentAt() != null || obstacle.isPresent() || !slice.hasTimeForACall()) {
            return Tick.at(slice.time().plus(PACE));
        }
        if (now.failure() != null
                && slice.time().isBefore(now.begun().plus(AFTER_A_REFUSAL.multipliedBy(now.attempts())))) {
            return Tick.at(slice.time().plus(PACE));
        }
        FixCalls.send(slice, now, () -> now.recorded().revert(slice.xapi(), pool));
        return Tick.at(slice.time());
    }

    private static Duration limit(Slice slice, KeptFix fix) {
        return fix.recorded().isLong() && fix.task() != null
                ? slice.settings().suspendVm()
                : slice.settings().revertFix();
    }

    private static Tick giveUp(Slice slice, KeptFix fix, Optional<String> obstacle, FixState gaveUp) {
        Failure known = fix.failure();
        String why = obstacle.map(what -> " It waited for " + what + ".")
                .orElseGet(() -> known == null ? "" : " " + known.detail());
        return save(
                slice,
                fix.in(
                        gaveUp,
                        new Failure(
                                Reasons.FIX_NOT_REVERTED,
                                fix.words() + " could not be taken back within "
                                        + JobSettings.words(limit(slice, fix)) + "." + why + " "
                                        + fix.recorded().byHand(),
                                known == null ? List.of() : known.xapiError())));
    }

    private static Tick save(Slice slice, KeptFix after) {
        Failure why = after.failure();
        slice.save(
                slice.pool().with(after),
                slice.poolEvent(
                        "fix." + after.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        why == null
                                ? Map.of("fix", after.words())
                                : Map.of("fix", after.words(), "code", why.code(), "detail", why.detail())));
        return Tick.at(slice.time());
    }
}
