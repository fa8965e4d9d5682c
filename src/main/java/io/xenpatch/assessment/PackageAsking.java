package io.xenpatch.assessment;

import io.xenpatch.plan.PackageRules;
import java.time.Duration;

/**
 * How XCP-ng hosts are asked for what they lack, and what it means (R12). Plain data, kept with the questions.
 *
 * @param busyTries how often a host is asked whose updater plugin is busy, from 1
 * @param busyPause between two of these
 */
public record PackageAsking(PackageRules rules, int busyTries, Duration busyPause) {

    /** R12's lists, 10 tries, 2 s apart. */
    public static final PackageAsking DEFAULTS = new PackageAsking(PackageRules.DEFAULTS, 10, Duration.ofSeconds(2));
}
