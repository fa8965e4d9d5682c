package io.xenpatch.assessment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.precheck.Judgement;
import java.util.Collection;
import java.util.Comparator;

/** What an assessment comes to; the later ones outweigh the former when several pools are put together. */
@Schema(name = "AssessmentOutcome")
public enum Outcome {
    /** Every target has the update and owes nothing. */
    UP_TO_DATE,
    /** There is something to install, and nothing further is needed afterwards (P1.4). */
    NO_ACTION_REQUIRED,
    /** Some host needs a restart, an evacuation or a restart of VMs. */
    ACTION_REQUIRED,
    /** Prechecks stand against it. */
    BLOCKED;

    static Outcome of(Judgement judgement) {
        if (judgement.blocked()) {
            return BLOCKED;
        }
        if (judgement.fixes().stream().anyMatch(fix -> fix.moment() == PlannedFix.Moment.BEFORE_PLAN && fix.needed())) {
            // what that brings is not known yet
            return ACTION_REQUIRED;
        }
        if (judgement.plan().isUpToDate()) {
            return UP_TO_DATE;
        }
        return judgement.plan().noActionRequired() ? NO_ACTION_REQUIRED : ACTION_REQUIRED;
    }

    static Outcome of(Collection<Outcome> pools) {
        return pools.stream().max(Comparator.naturalOrder()).orElse(UP_TO_DATE);
    }
}
