package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of the work on a host.
 *
 * @param poolUuid XAPI uuid of the pool
 * @param hostUuid XAPI uuid of the host
 * @param position from 0, in the order of the work on the host
 * @param type what is done
 * @param state how far it is
 * @param startedAt when it began; null before
 * @param finishedAt when it ended; null before
 * @param attempts how often its call was begun
 * @param xapiTask reference of the task in the pool that carries it out; null when it has none
 * @param waiting what it waits for now; null when it does not wait
 * @param failure why it failed; null when it did not
 * @param updateUuid XAPI uuid of the update image that an APPLY_UPDATE or VERIFY is about; null for all others
 */
@Schema(name = "Step")
public record StepProgress(
        UUID poolUuid,
        UUID hostUuid,
        int position,
        StepType type,
        StepState state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int attempts,
        @Nullable String xapiTask,
        @Nullable Waiting waiting,
        @Nullable Failure failure,
        @Nullable UUID updateUuid) {

    static StepProgress of(PoolUpdate pool, HostUpdate host, Step step) {
        return new StepProgress(
                pool.pool().value(),
                host.host().value(),
                step.position(),
                step.type(),
                step.state(),
                step.startedAt(),
                step.finishedAt(),
                step.attempts(),
                step.task() == null ? null : step.task().value(),
                step.waiting(),
                step.failure(),
                image(pool, step));
    }

    private static @Nullable UUID image(PoolUpdate pool, Step step) {
        boolean isAbout = step.type() == StepType.APPLY_UPDATE || step.type() == StepType.VERIFY;
        return isAbout ? pool.image(step).map(UpdateUuid::value).orElse(null) : null;
    }
}
