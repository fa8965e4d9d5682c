package io.xenpatch.job;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fix of a pool update, as kept (R35).
 *
 * @param action with what was before; null until that is recorded, which is before the first call
 * @param since when it began to be made, or to be taken back
 * @param intentAt when the latest call was committed to; null = none yet, or the last one certainly did not happen
 * @param attempts how many calls there were since
 * @param task of the latest call; null while the pool is not known to have accepted it, and for calls without
 * @param failure why it could not be made or taken back, or what was refused last
 */
record KeptFix(
        PlannedFix planned,
        FixState state,
        @Nullable FixAction action,
        @Nullable Instant since,
        @Nullable Instant intentAt,
        int attempts,
        @Nullable XapiTaskRef task,
        @Nullable Failure failure) {

    static KeptFix planned(PlannedFix fix) {
        return new KeptFix(fix, FixState.PLANNED, null, null, null, 0, null, null);
    }

    FixCode code() {
        return planned.code();
    }

    @Nullable
    HostUuid host() {
        return planned.host();
    }

    /** What it is and on what, for people. */
    String words() {
        return code() + " (" + planned.name() + ")";
    }

    FixAction recorded() {
        return Objects.requireNonNull(action);
    }

    Instant begun() {
        return Objects.requireNonNull(since);
    }

    boolean isSameAs(KeptFix other) {
        return planned.isSameAs(other.planned);
    }

    /** What was before is recorded; nothing was sent yet. */
    KeptFix making(FixAction what, Instant now) {
        return with(draft -> {
            draft.state = FixState.MAKING;
            draft.action = what;
            draft.begin(now);
        });
    }

    KeptFix reverting(Instant now) {
        return with(draft -> {
            draft.state = FixState.REVERTING;
            draft.begin(now);
        });
    }

    /** The same in another way, from the beginning. */
    KeptFix doing(PlannedFix other, FixAction what, Instant now) {
        return with(draft -> {
            draft.planned = other;
            draft.action = what;
            draft.begin(now);
        });
    }

    KeptFix intent(Instant now) {
        return with(draft -> {
            draft.intentAt = now;
            draft.attempts = attempts + 1;
            draft.task = null;
        });
    }

    KeptFix accepted(XapiTaskRef by) {
        return with(draft -> draft.task = by);
    }

    /** The latest call certainly did not happen, or has ended without effect. */
    KeptFix unsent(@Nullable Failure why) {
        return with(draft -> {
            draft.intentAt = null;
            draft.task = null;
            draft.failure = why;
        });
    }

    KeptFix in(FixState end) {
        return with(draft -> {
            draft.state = end;
            draft.failure = null;
        });
    }

    KeptFix in(FixState end, Failure why) {
        return with(draft -> {
            draft.state = end;
            draft.failure = why;
        });
    }

    private KeptFix with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** This row, being changed. */
    private static final class Draft {
        private PlannedFix planned;
        private FixState state;
        private @Nullable FixAction action;
        private @Nullable Instant since;
        private @Nullable Instant intentAt;
        private int attempts;
        private @Nullable XapiTaskRef task;
        private @Nullable Failure failure;

        Draft(KeptFix from) {
            planned = from.planned;
            state = from.state;
            action = from.action;
            since = from.since;
            intentAt = from.intentAt;
            attempts = from.attempts;
            task = from.task;
            failure = from.failure;
        }

        void begin(Instant now) {
            since = now;
            intentAt = null;
            attempts = 0;
            task = null;
            failure = null;
        }

        KeptFix build() {
            return new KeptFix(planned, state, action, since, intentAt, attempts, task, failure);
        }
    }
}
