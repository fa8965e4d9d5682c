package io.xenpatch.job;

import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostUuid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Begins the host with the decision that was just made. */
    HostUpdate begun(HostPlan plan, List<StepType> work, Instant now) {
        List<Step> planned = new ArrayList<>();
        work.forEach(type -> planned.add(Step.pending(planned.size(), type)));
        return new HostUpdate(
                host,
                name,
                position,
                HostUpdateState.IN_PROGRESS,
                outcome,
                plan.applies(),
                endsDisabled,
                plan.decision().inputs(),
                observed,
                failure,
                warnings,
                deferred,
                now,
                finishedAt,
                planned);
    }

    HostUpdate with(Step changed) {
        List<Step> all = steps.stream()
                .map(step -> step.position() == changed.position() ? changed : step)
                .toList();
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                all);
    }

    /** Adds steps behind those that are there. */
    HostUpdate followedBy(List<StepType> types) {
        List<Step> all = new ArrayList<>(steps);
        types.forEach(type -> all.add(Step.pending(all.size(), type)));
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                all);
    }

    /** Leaves out every step that has not begun. */
    HostUpdate withoutPendingSteps(Instant now) {
        List<Step> all = steps.stream()
                .map(step -> step.state() == StepState.PENDING ? step.skipped(now) : step)
                .toList();
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                all);
    }

    HostUpdate observing(AppliedObservation seen) {
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                seen,
                failure,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                steps);
    }

    HostUpdate warned(String warning) {
        List<String> all = new ArrayList<>(warnings);
        all.add(warning);
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                all,
                deferred,
                startedAt,
                finishedAt,
                steps);
    }

    HostUpdate putOff() {
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                warnings,
                true,
                startedAt,
                finishedAt,
                steps);
    }

    HostUpdate failing(Failure why) {
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                why,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                steps);
    }

    HostUpdate ended(HostUpdateState end, @Nullable HostOutcome what, @Nullable Failure why, Instant now) {
        return new HostUpdate(
                host,
                name,
                position,
                end,
                what,
                applies,
                endsDisabled,
                inputs,
                observed,
                why == null ? failure : why,
                warnings,
                deferred,
                startedAt,
                now,
                steps);
    }

    Optional<Step> nextStep() {
        return steps.stream().filter(step -> !step.state().isTerminal()).findFirst();
    }

    Optional<Step> step(StepType type) {
        return steps.stream().filter(step -> step.type() == type).findFirst();
    }

    boolean hasDone(StepType type) {
        return steps.stream().anyMatch(step -> step.isDone(type));
    }

    /** The decision that counts now: what was observed, else what was planned. */
    @Nullable
    HostDecision decision() {
        HostDecision seen = observedDecision();
        return seen == null ? planned() : seen;
    }

    /** As its own row keeps it: steps have rows of their own. */
    HostUpdate withoutSteps() {
        return withSteps(List.of());
    }

    HostUpdate withSteps(List<Step> found) {
        return new HostUpdate(
                host,
                name,
                position,
                state,
                outcome,
                applies,
                endsDisabled,
                inputs,
                observed,
                failure,
                warnings,
                deferred,
                startedAt,
                finishedAt,
                found);
    }
}
