package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.StepType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a host's work as the API shows it.
 *
 * @param position from 0, in the order of the host's work
 * @param attempts how often its call was begun
 * @param xapiTask the pool's task that carries it out; null when it has none
 * @param waiting what it waits for now
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
        @Nullable Failure failure) {

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
                step.failure());
    }
}
