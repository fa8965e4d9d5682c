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
}
