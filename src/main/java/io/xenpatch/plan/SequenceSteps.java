package io.xenpatch.plan;

import io.xenpatch.plan.HostSequence.Part;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The steps of one host that gets several updates (R11): made ready once for all of them, updated one by one with the mandatory
 * restarts in between, and finished once by the same rules as after a single update.
 */
public final class SequenceSteps {

    private static final List<StepType> REBOOT =
            List.of(StepType.REBOOT, StepType.AWAIT_HOST_LIVE, StepType.AWAIT_STORAGE);

    /** A boot may have enabled the host, so that guests came. */
    private static final List<StepType> EMPTIED_AGAIN = List.of(StepType.DISABLE_HOST, StepType.EVACUATE);

    private static final List<StepType> TOOLSTACK = List.of(StepType.RESTART_TOOLSTACK, StepType.AWAIT_HOST_LIVE);

    private SequenceSteps() {}

    /**
     * Everything that is foreseen.
     *
     * @param endsDisabled a person's maintenance that was there before (R27)
     */
    public static List<SequenceStep> foreseen(HostSequence sequence, boolean endsDisabled, UpdatePolicy policy) {
        List<StepType> ready = HostSteps.untilVerified(sequence.whole(), true, policy).stream()
                .takeWhile(step -> step != StepType.APPLY_UPDATE)
                .toList();
        boolean evacuated = ready.contains(StepType.EVACUATE);
        List<Part> parts = applied(sequence, policy);
        List<SequenceStep> steps = new ArrayList<>(plain(ready));
        for (Part part : parts.subList(0, parts.size() - 1)) {
            steps.addAll(applying(part));
            steps.addAll(plain(between(part)));
        }
        steps.addAll(applying(parts.get(parts.size() - 1)));
        steps.addAll(plain(HostSteps.afterVerified(sequence.atTheEnd(), evacuated, endsDisabled, policy)));
        return List.copyOf(steps);
    }

    /** A person restarts in MANUAL mode (R28): what wants a restart before the next update is the last. */
    private static List<Part> applied(HostSequence sequence, UpdatePolicy policy) {
        List<Part> parts = new ArrayList<>();
        for (Part part : sequence.updates()) {
            parts.add(part);
            if (policy.mode() == Mode.MANUAL && !part.rightAfter().isEmpty()) {
                break;
            }
        }
        return parts;
    }

    private static List<SequenceStep> applying(Part part) {
        return Stream.of(StepType.APPLY_UPDATE, StepType.VERIFY)
                .map(step -> new SequenceStep(step, part.update()))
                .toList();
    }

    private static List<StepType> between(Part part) {
        if (part.rightAfter().contains(UpdateTask.REBOOT_HOST)) {
            return Stream.concat(REBOOT.stream(), EMPTIED_AGAIN.stream()).toList();
        }
        return part.rightAfter().contains(UpdateTask.RESTART_TOOLSTACK) ? TOOLSTACK : List.of();
    }

    private static List<SequenceStep> plain(List<StepType> steps) {
        return steps.stream().map(step -> new SequenceStep(step, null)).toList();
    }
}
