package io.xenpatch.plan;

/**
 * What a host that received a {@code pool_update} says of itself afterwards (R5).
 *
 * @param updateRequiresReboot the update is in {@code host.updates_requiring_reboot}
 * @param rebootedSinceApply {@code boot_time} is later than the apply
 */
public record AppliedObservation(boolean updateRequiresReboot, boolean rebootedSinceApply) implements Observation {

    @Override
    public HostDecision decide(HostDecision planned) {
        return Decider.decideAfterApply(planned, this);
    }
}
