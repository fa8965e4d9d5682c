package io.xenpatch.job;

import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.Observation;
import io.xenpatch.plan.PlannedStep;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.UpdateUuid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One host of a pool update, as kept. Decisions are kept as their inputs and made again from them, so that only {@link Decider}
 * ever makes one.
 *
 * @param position from 0, coordinator first (R13)
 * @param applies whether the update is missing here
 * @param endsDisabled a person's maintenance that was there before (R27)
 * @param inputs of the planned decision; null until it is made
 * @param observed what the host reported after the apply; null until then, and on a host that gets several updates
 * @param sequence of a host that gets several updates one after the other: what each is decided from and what was seen after it (R11);
 *     null on every other
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
        @Nullable Observation observed,
        @Nullable HostSequence sequence,
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
        if (sequence != null) {
            return sequence.planned();
        }
        return inputs == null ? null : Decider.decide(inputs);
    }

    @Nullable
    HostDecision observedDecision() {
        if (sequence != null) {
            return sequence.isObserved() ? sequence.decision() : null;
        }
        HostDecision planned = planned();
        return planned == null || observed == null ? null : observed.decide(planned);
    }

    static HostUpdate pending(HostPlan plan, String name, int position) {
        return new HostUpdate(
                plan.hostUuid(),
                name,
                position,
                HostUpdateState.PENDING,
                null,
                plan.applies(),
                plan.endsDisabled(),
                plan.decision().inputs(),
                null,
                plan.sequence(),
                null,
                List.of(),
                false,
                null,
                null,
                List.of());
    }

    /** A target that the prechecks stop and the request lets be left out (SKIP_HOST). */
    static HostUpdate leftOut(HostUuid host, String name, int position, Failure why, Instant now) {
        return new HostUpdate(
                host,
                name,
                position,
                HostUpdateState.SKIPPED,
                null,
                false,
                false,
                null,
                null,
                null,
                why,
                List.of(),
                false,
                null,
                now,
                List.of());
    }

    /** Begins the host with the decision that was just made. */
    HostUpdate begun(HostPlan plan, List<PlannedStep> work, Instant now) {
        List<Step> planned = new ArrayList<>();
        work.forEach(step -> planned.add(Step.pending(planned.size(), step)));
        return with(draft -> {
            draft.state = HostUpdateState.IN_PROGRESS;
            draft.applies = plan.applies();
            draft.inputs = plan.decision().inputs();
            draft.sequence = plan.sequence();
            draft.startedAt = now;
            draft.steps = planned;
        });
    }

    /** Back to where it has not begun; what became of it so far is remembered, its steps until it begins again (R15). */
    HostUpdate again() {
        return with(draft -> {
            draft.state = HostUpdateState.PENDING;
            draft.observed = null;
            draft.failure = null;
            draft.deferred = false;
            draft.finishedAt = null;
        });
    }

    HostUpdate with(Step changed) {
        List<Step> all = steps.stream()
                .map(step -> step.position() == changed.position() ? changed : step)
                .toList();
        return with(draft -> draft.steps = all);
    }

    /** Adds steps behind those that are there. */
    HostUpdate followedBy(List<StepType> types) {
        return followedByPlanned(PlannedStep.plain(types));
    }

    HostUpdate followedByPlanned(List<PlannedStep> planned) {
        List<Step> all = new ArrayList<>(steps);
        planned.forEach(step -> all.add(Step.pending(all.size(), step)));
        return with(draft -> draft.steps = all);
    }

    /** Has other work done before a step, which then begins anew. */
    HostUpdate doingFirst(List<StepType> types, Step later) {
        List<Step> all = new ArrayList<>();
        steps.stream().filter(step -> step.position() < later.position()).forEach(all::add);
        types.forEach(type -> all.add(Step.pending(all.size(), type)));
        steps.stream()
                .filter(step -> step.position() >= later.position())
                .forEach(step -> all.add(step.anew(all.size())));
        return with(draft -> draft.steps = all);
    }

    /** Leaves out every step that has not begun. */
    HostUpdate withoutPendingSteps(Instant now) {
        List<Step> all = steps.stream()
                .map(step -> step.state() == StepState.PENDING ? step.skipped(now) : step)
                .toList();
        return with(draft -> draft.steps = all);
    }

    HostUpdate observing(Observation seen) {
        return with(draft -> draft.observed = seen);
    }

    HostUpdate deciding(HostSequence again) {
        return with(draft -> draft.sequence = again);
    }

    HostUpdate warned(String warning) {
        List<String> all = new ArrayList<>(warnings);
        all.add(warning);
        return with(draft -> draft.warnings = all);
    }

    /** No longer put off: its turn is now. */
    HostUpdate begunAgain() {
        return with(draft -> draft.deferred = false);
    }

    /** The same at another place in the order of the work. */
    HostUpdate at(int place) {
        return with(draft -> draft.position = place);
    }

    HostUpdate putOff() {
        return with(draft -> draft.deferred = true);
    }

    HostUpdate failing(Failure why) {
        return with(draft -> draft.failure = why);
    }

    HostUpdate ended(HostUpdateState end, @Nullable HostOutcome what, @Nullable Failure why, Instant now) {
        return with(draft -> {
            draft.state = end;
            // the first that applies counts, of all rounds
            draft.outcome = what == null || outcome == null || what.ordinal() < outcome.ordinal() ? what : outcome;
            draft.failure = why == null ? failure : why;
            draft.finishedAt = now;
        });
    }

    Optional<Step> nextStep() {
        return steps.stream().filter(step -> !step.state().isTerminal()).findFirst();
    }

    /** Whether this job may have disabled it. */
    boolean hasDisabled() {
        return steps.stream()
                .anyMatch(step -> step.type() == StepType.DISABLE_HOST && step.state() != StepState.PENDING);
    }

    Optional<Step> step(StepType type) {
        return steps.stream().filter(step -> step.type() == type).findFirst();
    }

    boolean hasDone(StepType type) {
        return steps.stream().anyMatch(step -> step.isDone(type));
    }

    /** What was done before the apply was for earlier updates. @param update null on a host that gets one at most */
    boolean hasDoneSinceApply(StepType type, @Nullable UpdateUuid update) {
        int apply = apply(update).map(Step::position).orElse(-1);
        return steps.stream().anyMatch(step -> step.isDone(type) && step.position() > apply);
    }

    /** The step that applies an update. @param update null on a host that gets one at most */
    Optional<Step> apply(@Nullable UpdateUuid update) {
        return steps.stream()
                .filter(step -> step.type() == StepType.APPLY_UPDATE && Objects.equals(step.update(), update))
                .findFirst();
    }

    /** The update of a sequence that was applied and looked at last. */
    Optional<UpdateUuid> lastVerified() {
        return steps.stream()
                .filter(step -> step.isDone(StepType.VERIFY))
                .flatMap(step -> Optional.ofNullable(step.update()).stream())
                .reduce((earlier, later) -> later);
    }

    /** Whether an update is still to be applied. */
    boolean hasMoreToApply() {
        return steps.stream()
                .anyMatch(step ->
                        step.type() == StepType.APPLY_UPDATE && !step.state().isTerminal());
    }

    boolean isEvacuated() {
        return steps.stream().anyMatch(step -> step.type() == StepType.EVACUATE);
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
        return with(draft -> draft.steps = found);
    }

    private HostUpdate with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** This row, being changed. */
    private static final class Draft {
        private final HostUuid host;
        private final String name;
        private int position;
        private HostUpdateState state;
        private @Nullable HostOutcome outcome;
        private boolean applies;
        private final boolean endsDisabled;
        private @Nullable DecisionInputs inputs;
        private @Nullable Observation observed;
        private @Nullable HostSequence sequence;
        private @Nullable Failure failure;
        private List<String> warnings;
        private boolean deferred;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private List<Step> steps;

        Draft(HostUpdate from) {
            host = from.host;
            name = from.name;
            position = from.position;
            state = from.state;
            outcome = from.outcome;
            applies = from.applies;
            endsDisabled = from.endsDisabled;
            inputs = from.inputs;
            observed = from.observed;
            sequence = from.sequence;
            failure = from.failure;
            warnings = from.warnings;
            deferred = from.deferred;
            startedAt = from.startedAt;
            finishedAt = from.finishedAt;
            steps = from.steps;
        }

        HostUpdate build() {
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
                    sequence,
                    failure,
                    warnings,
                    deferred,
                    startedAt,
                    finishedAt,
                    steps);
        }
    }
}
