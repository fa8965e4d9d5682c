package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a maintenance window (P5.2): no host is begun, what was changed for the time of the work is taken back, the pool is free, and the
 * rest waits for the next opening.
 */
final class Closing {

    private Closing() {}

    static Tick begin(Slice slice) {
        PoolUpdate pool =
                slice.pool().fixing(KeptFixes.withoutPlanned(slice.pool().fixes()));
        if (pool.fixes().stream().noneMatch(FixReverting::isOpen)) {
            slice.save(pool);
            return release(slice);
        }
        slice.save(
                pool.reverting(PoolUpdateState.WAITING, null, slice.time()),
                slice.poolEvent("pool-update.window-closed", Map.of()));
        return Tick.at(slice.time());
    }

    /** Nothing is left to take back. */
    static Tick release(Slice slice) {
        Instant now = slice.time();
        // where the window never opens again, the next look says so and ends it
        Instant next = Optional.ofNullable(Chance.of(slice.pool(), now).next()).orElse(now);
        slice.save(
                slice.pool().released(next),
                slice.poolEvent("pool-update.scheduled-again", Map.of("notBefore", next.toString())));
        return Tick.at(next);
    }

    /** R18: a reboot that was put off is not made after the window; it is left for a person. */
    static Tick leave(Slice slice, HostUpdate host) {
        Failure why = Failure.of(
                Reasons.EVACUATION_BLOCKED,
                "Host " + host.name() + " could not be emptied for the reboot after its live patch failed, and the"
                        + " maintenance window is over. Move its VMs and reboot it.");
        HostUpdate left = host.nextStep()
                .filter(step -> step.type() == StepType.ASSERT_EVACUABLE)
                .map(step -> host.with(step.skipped(slice.time())))
                .orElse(host);
        slice.save(
                left.withoutPendingSteps(slice.time()).failing(why).begunAgain(),
                slice.hostEvent("host-update.reboot-left", host, Map.of("code", why.code())));
        return Tick.at(slice.time());
    }
}
