package io.xenpatch.xen;

import java.util.List;
import java.util.Set;

/**
 * What {@code host.apply_updates} has to say after it has succeeded (xapi.md §7.8, step 17).
 *
 * @param livePatchFailures each leaves a reboot to do; everything else was applied
 * @param others XAPI's codes of all other warnings, without their parameters
 */
public record ApplyWarnings(List<LivePatchFailure> livePatchFailures, Set<String> others) {

    /** Everything was applied. */
    public static final ApplyWarnings NONE = new ApplyWarnings(List.of(), Set.of());

    private static final String REQUIRES_RECOMMENDED = "UPDATES_REQUIRE_RECOMMENDED_GUIDANCE";

    public ApplyWarnings {
        livePatchFailures = List.copyOf(livePatchFailures);
        others = Set.copyOf(others);
    }

    /** Whether the updates have no effect before the recommended guidance is carried out; only servers before 24.10 say so. */
    public boolean requiresRecommendedGuidance() {
        return others.contains(REQUIRES_RECOMMENDED);
    }
}
