package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a host update, as kept. A step found {@code RUNNING} is observed, never repeated blindly.
 *
 * @param position from 0, in the order of the host's work
 * @param intentAt when the intent of the latest call was committed
 * @param attempts how many intents there were
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
        @Nullable Failure failure) {

    static Step pending(int position, StepType type) {
        return new Step(position, type, StepState.PENDING, null, null, null, 0, null, null, null, null, null, null);
    }

    /** The intent of a call: committed before the call is sent. */
    Step intent(Instant now, Before host) {
        return new Step(
                position,
                type,
                StepState.RUNNING,
                startedAt == null ? now : startedAt,
                finishedAt,
                now,
                attempts + 1,
                CallFate.MAYBE_SENT,
                null,
                before == null ? host : before,
                null,
                data,
                failure);
    }

    Step accepted(XapiTaskRef by) {
        return new Step(
                position,
                type,
                state,
                startedAt,
                finishedAt,
                intentAt,
                attempts,
                CallFate.ACCEPTED,
                by,
                before,
                waiting,
                data,
                failure);
    }

    /** The call certainly did not happen: it may be sent again. */
    Step notHappened() {
        return new Step(
                position,
                type,
                state,
                startedAt,
                finishedAt,
                intentAt,
                attempts,
                CallFate.NOT_HAPPENED,
                task,
                before,
                waiting,
                data,
                failure);
    }

    Step waitingFor(@Nullable Waiting what) {
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
                what,
                data,
                failure);
    }

    Step began(Instant now) {
        return new Step(
                position,
                type,
                StepState.RUNNING,
                startedAt == null ? now : startedAt,
                finishedAt,
                intentAt,
                attempts,
                call,
                task,
                before,
                waiting,
                data,
                failure);
    }

    Step keeping(@Nullable String json) {
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
                json,
                failure);
    }

    Step succeeded(Instant now) {
        return new Step(
                position,
                type,
                StepState.SUCCEEDED,
                startedAt == null ? now : startedAt,
                now,
                intentAt,
                attempts,
                call,
                task,
                before,
                null,
                data,
                failure);
    }

    /** What it was for is so already, or it is no longer wanted. */
    Step skipped(Instant now) {
        return new Step(
                position,
                type,
                StepState.SKIPPED,
                startedAt,
                now,
                intentAt,
                attempts,
                call,
                task,
                before,
                null,
                data,
                failure);
    }

    Step failed(Instant now, Failure why) {
        return new Step(
                position,
                type,
                StepState.FAILED,
                startedAt == null ? now : startedAt,
                now,
                intentAt,
                attempts,
                call,
                task,
                before,
                null,
                data,
                why);
    }

    boolean isDone(StepType wanted) {
        return type == wanted && state == StepState.SUCCEEDED;
    }
}
