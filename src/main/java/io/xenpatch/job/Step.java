package io.xenpatch.job;

import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.PlannedStep;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a host update, as kept. A step found {@code RUNNING} is observed, never repeated blindly.
 *
 * @param position from 0, in the order of the host's work
 * @param intentAt when the intent of the latest call was committed
 * @param attempts how many intents there were
 * @param update which of several updates an {@code APPLY_UPDATE} or {@code VERIFY} is about; null on a host that gets one at most
 * @param data what the step's type keeps for itself, as JSON; null when nothing
 */
record Step(
        int position,
        StepType type,
        StepState state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant intentAt,
        int attempts,
        @Nullable CallFate call,
        @Nullable XapiTaskRef task,
        @Nullable Before before,
        @Nullable Waiting waiting,
        @Nullable String data,
        @Nullable Failure failure,
        @Nullable UpdateUuid update) {

    static Step pending(int position, StepType type) {
        return pending(position, new PlannedStep(type, null));
    }

    static Step pending(int position, PlannedStep planned) {
        return new Step(
                position,
                planned.type(),
                StepState.PENDING,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                planned.update());
    }

    /** The same step, not begun, at another place. */
    Step anew(int place) {
        return pending(place, new PlannedStep(type, update));
    }

    /** The intent of a call: committed before the call is sent. */
    Step intent(Instant now, Before host) {
        return with(draft -> {
            draft.state = StepState.RUNNING;
            draft.startedAt = startedAt == null ? now : startedAt;
            draft.intentAt = now;
            draft.attempts = attempts + 1;
            draft.call = CallFate.MAYBE_SENT;
            draft.task = null;
            draft.before = before == null ? host : before;
            draft.waiting = null;
        });
    }

    Step accepted(XapiTaskRef by) {
        return with(draft -> {
            draft.call = CallFate.ACCEPTED;
            draft.task = by;
        });
    }

    /** The call certainly did not happen: it may be sent again. */
    Step notHappened() {
        return with(draft -> draft.call = CallFate.NOT_HAPPENED);
    }

    Step waitingFor(@Nullable Waiting what) {
        return with(draft -> draft.waiting = what);
    }

    Step began(Instant now) {
        return with(draft -> {
            draft.state = StepState.RUNNING;
            draft.startedAt = startedAt == null ? now : startedAt;
        });
    }

    Step keeping(@Nullable String json) {
        return with(draft -> draft.data = json);
    }

    Step succeeded(Instant now) {
        return with(draft -> {
            draft.state = StepState.SUCCEEDED;
            draft.startedAt = startedAt == null ? now : startedAt;
            draft.finishedAt = now;
            draft.waiting = null;
        });
    }

    /** What it was for is so already, or it is no longer wanted. */
    Step skipped(Instant now) {
        return with(draft -> {
            draft.state = StepState.SKIPPED;
            draft.finishedAt = now;
            draft.waiting = null;
        });
    }

    Step failed(Instant now, Failure why) {
        return with(draft -> {
            draft.state = StepState.FAILED;
            draft.startedAt = startedAt == null ? now : startedAt;
            draft.finishedAt = now;
            draft.waiting = null;
            draft.failure = why;
        });
    }

    boolean isDone(StepType wanted) {
        return type == wanted && state == StepState.SUCCEEDED;
    }

    private Step with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** This row, being changed. */
    private static final class Draft {
        private final int position;
        private final StepType type;
        private StepState state;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private @Nullable Instant intentAt;
        private int attempts;
        private @Nullable CallFate call;
        private @Nullable XapiTaskRef task;
        private @Nullable Before before;
        private @Nullable Waiting waiting;
        private @Nullable String data;
        private @Nullable Failure failure;
        private final @Nullable UpdateUuid update;

        Draft(Step from) {
            position = from.position;
            type = from.type;
            state = from.state;
            startedAt = from.startedAt;
            finishedAt = from.finishedAt;
            intentAt = from.intentAt;
            attempts = from.attempts;
            call = from.call;
            task = from.task;
            before = from.before;
            waiting = from.waiting;
            data = from.data;
            failure = from.failure;
            update = from.update;
        }

        Step build() {
            return new Step(
                    position,
                    type,
                    state,
                    startedAt,
                    finishedAt,
                    intentAt,
                    attempts,
                    call,
                    task,
                    before,
                    waiting,
                    data,
                    failure,
                    update);
        }
    }
}
