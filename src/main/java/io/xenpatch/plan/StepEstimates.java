package io.xenpatch.plan;

import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.util.List;

/** How long steps take on usual hardware; a rough figure to plan a window with, never a limit. */
public final class StepEstimates {

    private static final Duration PER_MIGRATION = Duration.ofSeconds(15);

    private StepEstimates() {}

    /** Of a whole pool, host after host. */
    public static Duration of(PoolPlan plan, PoolSnapshot pool) {
        return plan.hosts().stream()
                .map(host -> of(host.steps(), pool.residentOn(host.hostUuid()).size()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** @param guests that run on the host now */
    static Duration of(List<StepType> steps, int guests) {
        return steps.stream().map(step -> of(step, guests)).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration of(StepType step, int guests) {
        return switch (step) {
            case ASSERT_EVACUABLE, DISABLE_HOST, ENABLE_HOST, VERIFY -> Duration.ofSeconds(5);
            case FIX, REVERT -> Duration.ofMinutes(1);
            case EVACUATE, RESTORE_VMS -> PER_MIGRATION.multipliedBy(guests);
            case APPLY_UPDATE -> Duration.ofMinutes(2);
            case RESTART_TOOLSTACK -> Duration.ofSeconds(30);
            case REBOOT -> Duration.ofMinutes(1);
            case AWAIT_HOST_LIVE -> Duration.ofMinutes(4);
            case AWAIT_STORAGE -> Duration.ofSeconds(30);
        };
    }
}
