package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of one host that gets several updates (R11): made ready once for all of them, updated one by one with the mandatory
 * restarts in between, and finished once by the same rules as after a single update. Like {@link HostSteps} made before, from what is
 * foreseen, and again after each apply, from what the host then reports.
 */
public final class SequenceSteps {

    private static final List<StepType> EMPTIED =
            List.of(StepType.ASSERT_EVACUABLE, StepType.DISABLE_HOST, StepType.EVACUATE);

    private static final List<StepType> REBOOT =
            List.of(StepType.REBOOT, StepType.AWAIT_HOST_LIVE, StepType.AWAIT_STORAGE);

    /** A start of the toolstack, with a boot or without, enables a host that we disabled, so guests may have come. */
    private static final List<StepType> EMPTIED_AGAIN = List.of(StepType.DISABLE_HOST, StepType.EVACUATE);

    private static final List<StepType> TOOLSTACK = List.of(StepType.RESTART_TOOLSTACK, StepType.AWAIT_HOST_LIVE);

    private SequenceSteps() {}

    /**
     * Everything that is foreseen.
     *
     * @param endsDisabled a person's maintenance that was there before (R27)
     */
    public static List<PlannedStep> foreseen(HostSequence sequence, boolean endsDisabled, UpdatePolicy policy) {
        List<PlannedStep> steps = new ArrayList<>(untilFirstVerified(sequence, policy));
        Optional<UpdateUuid> verified = Optional.of(sequence.updates().get(0).update());
        while (verified.isPresent()) {
            UpdateUuid update = verified.get();
            steps.addAll(afterVerified(sequence, update, evacuates(steps), endsDisabled, policy));
            verified = goesOnWith(sequence, update, policy);
        }
        return List.copyOf(steps);
    }

    private static boolean evacuates(List<PlannedStep> steps) {
        return steps.stream().anyMatch(step -> step.type() == StepType.EVACUATE);
    }

    /** From the beginning until the first update was applied and looked at. */
    public static List<PlannedStep> untilFirstVerified(HostSequence sequence, UpdatePolicy policy) {
        List<StepType> ready = HostSteps.untilVerified(sequence.decision(), true, policy).stream()
                .takeWhile(step -> step != StepType.APPLY_UPDATE)
                .toList();
        List<PlannedStep> steps = new ArrayList<>(PlannedStep.plain(ready));
        steps.addAll(applying(sequence.updates().get(0).update()));
        return List.copyOf(steps);
    }

    /**
     * From an update's second decision until the next one was applied and looked at; after the last one to the end.
     *
     * @param evacuated whether the host was disabled and evacuated before
     * @param endsDisabled a person's maintenance that was there before (R27)
     */
    public static List<PlannedStep> afterVerified(
            HostSequence sequence, UpdateUuid verified, boolean evacuated, boolean endsDisabled, UpdatePolicy policy) {
        Optional<UpdateUuid> next = goesOnWith(sequence, verified, policy);
        if (next.isEmpty()) {
            return finished(sequence.until(verified), evacuated, endsDisabled, policy);
        }
        List<PlannedStep> steps = new ArrayList<>(
                PlannedStep.plain(between(sequence.rightAfter(verified, policy), evacuated, endsDisabled)));
        steps.addAll(applying(next.get()));
        return List.copyOf(steps);
    }

    /** When nothing further is applied. */
    public static List<PlannedStep> finished(
            HostSequence applied, boolean evacuated, boolean endsDisabled, UpdatePolicy policy) {
        return PlannedStep.plain(HostSteps.afterVerified(applied.atTheEnd(policy), evacuated, endsDisabled, policy));
    }

    /**
     * The update that is applied next; empty after the last, and in MANUAL mode, where a person restarts (R28), after one that wants a
     * restart before the next.
     */
    public static Optional<UpdateUuid> goesOnWith(HostSequence sequence, UpdateUuid verified, UpdatePolicy policy) {
        boolean waits = policy.mode() == Mode.MANUAL
                && !sequence.rightAfter(verified, policy).isEmpty();
        return waits ? Optional.empty() : sequence.next(verified);
    }

    /** What is done to a host that turns out to need it empty only before a later update. */
    public static List<StepType> emptying() {
        return EMPTIED;
    }

    private static List<PlannedStep> applying(UpdateUuid update) {
        return List.of(new PlannedStep(StepType.APPLY_UPDATE, update), new PlannedStep(StepType.VERIFY, update));
    }

    private static List<StepType> between(Set<UpdateTask> due, boolean evacuated, boolean endsDisabled) {
        boolean reboots = due.contains(UpdateTask.REBOOT_HOST);
        List<StepType> steps = new ArrayList<>();
        if (reboots) {
            steps.addAll(evacuated ? List.of() : EMPTIED);
            steps.addAll(REBOOT);
        } else if (due.contains(UpdateTask.RESTART_TOOLSTACK)) {
            steps.addAll(TOOLSTACK);
        }
        if (!steps.isEmpty() && (reboots || evacuated)) {
            steps.addAll(EMPTIED_AGAIN);
        } else if (!steps.isEmpty() && endsDisabled) {
            steps.add(StepType.DISABLE_HOST);
        }
        return steps;
    }
}
