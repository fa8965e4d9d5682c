package io.xenpatch.job;

import io.xenpatch.plan.StepType;

/** Mistakes that this service could make, planted where the runner meets its store, to see that histories find them. */
enum PlantedBug {
    NONE,
    /** A reboot that is over is begun again. */
    DOUBLE_REBOOT {
        @Override
        PoolUpdate loaded(PoolUpdate pool) {
            for (HostUpdate host : pool.hosts()) {
                boolean notLiveYet = host.nextStep()
                        .filter(next -> next.type() == StepType.AWAIT_HOST_LIVE && next.state() == StepState.PENDING)
                        .isPresent();
                for (Step step : host.steps()) {
                    if (notLiveYet && step.isDone(StepType.REBOOT)) {
                        return pool.with(host.with(Step.pending(step.position(), step.type())));
                    }
                }
            }
            return pool;
        }
    },
    /** What was changed for the time of the work is forgotten when it ends. */
    FORGOTTEN_REVERT {
        @Override
        PoolUpdate loaded(PoolUpdate pool) {
            return pool.state() == PoolUpdateState.REVERTING
                    ? pool.fixing(pool.fixes().stream()
                            .map(fix -> fix.state() == FixState.MADE ? fix.in(FixState.REVERTED) : fix)
                            .toList())
                    : pool;
        }
    },
    /** Writes are not held against the epoch. */
    STALE_WRITE,
    /** A lease is given although another runner has it. */
    EARLY_LEASE,
    /** Nobody looks again after a process has died. */
    LOST_WAKE_UP;

    /** What a runner makes of the row that it reads. */
    PoolUpdate loaded(PoolUpdate pool) {
        return pool;
    }
}
