package io.xenpatch.plan;

import io.xenpatch.xen.PackagesInstalled;

/**
 * What an XCP-ng host says after the update (R5).
 *
 * @param installed what the plugin says it installed, by what each package needs; may be more than was foreseen, when the mirrors had more
 *     by then
 * @param rebootedSinceApply {@code boot_time} is later than the apply
 */
public record PackageObservation(PackageGuidance installed, boolean rebootedSinceApply) implements Observation {

    public static PackageObservation of(PackagesInstalled installed, PackageRules rules, boolean rebootedSinceApply) {
        return new PackageObservation(PackageGuidance.of(rules.sort(installed.names())), rebootedSinceApply);
    }

    @Override
    public HostDecision decide(HostDecision planned) {
        return Decider.decideAfterApply(planned, this);
    }
}
