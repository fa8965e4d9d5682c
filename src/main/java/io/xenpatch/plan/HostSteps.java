package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one host (P5.3, R13, R14, R17, R27, R28). Made twice: before, from the planned decision,
 * and after the apply, from what the host then reports; both times by the same functions.
 */
public final class HostSteps {

    private HostSteps() {}

    /** Everything that is foreseen. */
    public static List<StepType> foreseen(
            HostDecision decision, boolean applies, boolean endsDisabled, UpdatePolicy policy) {
        List<StepType> steps = new ArrayList<>(untilVerified(decision, applies, policy));
        if (!steps.isEmpty()) {
            boolean evacuated = steps.contains(StepType.EVACUATE);
            steps.addAll(afterVerified(decision, evacuated, endsDisabled, policy));
        }
        return List.copyOf(steps);
    }

    /**
     * From the beginning to the second decision. Empty when there is nothing to do: the host has the update and owes nothing
     * that this job carries out.
     */
    public static List<StepType> untilVerified(HostDecision decision, boolean applies, UpdatePolicy policy) {
        boolean restarts = policy.mode() == Mode.AUTOMATIC
                && (decision.needs(UpdateTask.REBOOT_HOST)
                        || decision.needs(UpdateTask.EVACUATE_HOST)
                        || decision.needs(UpdateTask.RESTART_TOOLSTACK));
        if (!applies && !restarts) {
            return List.of();
        }
        List<StepType> steps = new ArrayList<>(owedFirst(decision, policy));
        if (leaves(decision) || decision.inputs().appliesPackages()) {
            steps.addAll(List.of(StepType.ASSERT_EVACUABLE, StepType.DISABLE_HOST, StepType.EVACUATE));
        } else if (decision.inputs().appliesFromRepository()) {
            steps.add(StepType.DISABLE_HOST);
        }
        if (applies) {
            steps.add(StepType.APPLY_UPDATE);
        }
        steps.add(StepType.VERIFY);
        return List.copyOf(steps);
    }

    /** R14: what is pending as mandatory is carried out before {@code host.apply_updates}, which the server refuses until then. */
    private static List<StepType> owedFirst(HostDecision decision, UpdatePolicy policy) {
        DecisionInputs inputs = decision.inputs();
        if (policy.mode() != Mode.AUTOMATIC || !inputs.appliesFromRepository()) {
            return List.of();
        }
        if (inputs.owesMandatory(Guidance.REBOOT_HOST, Guidance.UNKNOWN)) {
            return List.of(
                    StepType.ASSERT_EVACUABLE,
                    StepType.DISABLE_HOST,
                    StepType.EVACUATE,
                    StepType.REBOOT,
                    StepType.AWAIT_HOST_LIVE,
                    StepType.AWAIT_STORAGE);
        }
        return inputs.owesMandatory(Guidance.RESTART_TOOLSTACK)
                ? List.of(StepType.RESTART_TOOLSTACK, StepType.AWAIT_HOST_LIVE)
                : List.of();
    }

    /**
     * From the second decision to the end.
     *
     * @param evacuated whether the host was disabled and evacuated before
     * @param endsDisabled a person's maintenance that was there before (R27)
     */
    public static List<StepType> afterVerified(
            HostDecision decision, boolean evacuated, boolean endsDisabled, UpdatePolicy policy) {
        List<StepType> steps = new ArrayList<>();
        boolean comesBack = evacuated || decision.inputs().appliesFromRepository();
        if (carriesOutReboot(decision, policy)) {
            if (!evacuated) {
                steps.addAll(List.of(StepType.ASSERT_EVACUABLE, StepType.DISABLE_HOST, StepType.EVACUATE));
            }
            steps.addAll(List.of(StepType.REBOOT, StepType.AWAIT_HOST_LIVE, StepType.AWAIT_STORAGE));
            comesBack = true;
        } else if (carriesOutToolstackRestart(decision, policy)) {
            steps.addAll(List.of(StepType.RESTART_TOOLSTACK, StepType.AWAIT_HOST_LIVE));
            comesBack = true;
        } else if (policy.mode() == Mode.MANUAL && (staysDisabled(decision, policy) || !mayBeEnabled(decision))) {
            comesBack = false;
        }
        if (comesBack && !endsDisabled) {
            steps.add(StepType.ENABLE_HOST);
            boolean awayFromHome = evacuated || steps.contains(StepType.EVACUATE);
            if (awayFromHome && policy.vmPlacementAfter() != VmPlacementAfter.LEAVE) {
                steps.add(StepType.RESTORE_VMS);
            }
        } else if (steps.contains(StepType.AWAIT_HOST_LIVE)) {
            // only a restart can have enabled it again (R27)
            steps.add(StepType.DISABLE_HOST);
        }
        return List.copyOf(steps);
    }

    /** Whether this job reboots the host. A failed live patch's reboot is for {@code onLivePatchFailure} to say (R8). */
    public static boolean carriesOutReboot(HostDecision decision, UpdatePolicy policy) {
        return policy.mode() == Mode.AUTOMATIC
                && decision.needs(UpdateTask.REBOOT_HOST)
                && (!onlyForFailedLivePatch(decision) || policy.onLivePatchFailure() == OnLivePatchFailure.REBOOT);
    }

    /**
     * Whether a live patch that failed in this job is the only reason to reboot: {@link Decider#decideAfterApply} gives that
     * reason only where no reboot was planned.
     */
    public static boolean onlyForFailedLivePatch(HostDecision decision) {
        return decision.reasons().stream().anyMatch(reason -> reason.code() == ReasonCode.LIVE_PATCH_FAILED);
    }

    /**
     * Whether this job restarts the toolstack. A failed live patch's reboot absorbs the restart, but where that reboot is only
     * listed as left, the restart that the update asks for is still made (R8).
     */
    private static boolean carriesOutToolstackRestart(HostDecision decision, UpdatePolicy policy) {
        boolean wanted = decision.needs(UpdateTask.RESTART_TOOLSTACK)
                || onlyForFailedLivePatch(decision)
                        && decision.inputs().guidance().contains(Guidance.RESTART_TOOLSTACK);
        return policy.mode() == Mode.AUTOMATIC && wanted;
    }

    /** R28: for a person to restart it; an update that leaves nothing to do leaves nothing to wait for either. */
    private static boolean staysDisabled(HostDecision decision, UpdatePolicy policy) {
        return policy.leaveDisabled() && !decision.noActionRequired();
    }

    /** Whether the server enables the host: not while it owes something mandatory (R14, R28). */
    public static boolean mayBeEnabled(HostDecision decision) {
        return !decision.inputs().owesMandatory(Guidance.REBOOT_HOST, Guidance.RESTART_TOOLSTACK, Guidance.UNKNOWN);
    }

    private static boolean leaves(HostDecision decision) {
        return decision.needs(UpdateTask.REBOOT_HOST) || decision.needs(UpdateTask.EVACUATE_HOST);
    }
}
