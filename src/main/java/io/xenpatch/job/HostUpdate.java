package io.xenpatch.job;

import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.xen.HostUuid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host of a pool update, as kept. Decisions are kept as their inputs and made again from them, so that only {@link Decider}
 * ever makes one.
 *
 * @param position from 0, coordinator first (R13)
 * @param applies whether the update is missing here
 * @param endsDisabled a person's maintenance that was there before (R27)
 * @param inputs of the planned decision; null until it is made
 * @param observed what the host reported after the apply; null until then
 * @param failure of a FAILED or SKIPPED host, or what keeps a MANUAL_ACTION_LEFT one from being finished
 * @param warnings for people, for example guests that are not home
 * @param deferred its reboot after a failed live patch was not possible and is tried once more at the end (R18)
 */
record HostUpdate(
        HostUuid host,
        String name,
        int position,
        HostUpdateState state,
        @Nullable HostOutcome outcome,
        boolean applies,
        boolean endsDisabled,
        @Nullable DecisionInputs inputs,
        @Nullable AppliedObservation observed,
        @Nullable Failure failure,
        List<String> warnings,
        boolean deferred,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Step> steps) {

    HostUpdate {
        warnings = List.copyOf(warnings);
        steps = List.copyOf(steps);
    }

    @Nullable
    HostDecision planned() {
        return inputs == null ? null : Decider.decide(inputs);
    }

    @Nullable
    HostDecision observedDecision() {
        HostDecision planned = planned();
        return planned == null || observed == null ? null : Decider.decideAfterApply(planned, observed);
    }
}
