package io.xenpatch.plan;

import io.xenpatch.xen.GuidanceLevel;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request lets a job do: the same values for an assessment and a job.
 *
 * @param guidanceLevels the levels carried out; MANDATORY always is, named or not (P5.1)
 * @param fixes codes of the fixes that may be made; may hold {@code ALL} (R35)
 * @param leaveDisabled leaves a MANUAL host disabled and its guests away, as XenCenter does (R28)
 * @param onUpdatesChanged {@code REPOSITORY} only
 * @param acknowledged codes of warnings that a person has taken note of
 */
public record UpdatePolicy(
        Mode mode,
        LivePatching livePatching,
        OnLivePatchFailure onLivePatchFailure,
        OnBlocker onBlocker,
        OnMaintenance onMaintenance,
        Set<GuidanceLevel> guidanceLevels,
        VmPlacementAfter vmPlacementAfter,
        Set<String> fixes,
        boolean leaveDisabled,
        OnUpdatesChanged onUpdatesChanged,
        VmRestarts vmRestarts,
        Set<String> acknowledged) {

    public UpdatePolicy {
        guidanceLevels = Set.copyOf(guidanceLevels);
        fixes = Set.copyOf(fixes);
        // what an earlier version kept has none
        acknowledged = acknowledged == null ? Set.of() : Set.copyOf(acknowledged);
    }

    /** The defaults of PRODUCT.md and API.md. */
    public static UpdatePolicy defaults() {
        return new UpdatePolicy(
                Mode.AUTOMATIC,
                LivePatching.PREFER,
                OnLivePatchFailure.WARN,
                OnBlocker.REJECT,
                OnMaintenance.SKIP,
                Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED),
                VmPlacementAfter.HOME,
                Set.of(),
                false,
                OnUpdatesChanged.STOP,
                VmRestarts.LIST,
                Set.of());
    }

    /** The same, but a live patch that fails in reality leaves its reboot to a person. */
    public UpdatePolicy withoutRebootAfterFailedLivePatch() {
        return with(OnLivePatchFailure.WARN, fixes);
    }

    /** Whether hosts that were disabled stay so, for a person (R28). */
    public boolean leavesHostsDisabled() {
        return mode == Mode.MANUAL && leaveDisabled;
    }

    /** Whether the request allows a fix (R35). */
    public boolean mayFix(FixCode code) {
        return code.isAllowedBy(fixes);
    }

    /** The same, but for a fix that is made nowhere any more. */
    public UpdatePolicy withoutAddingTheCoordinator() {
        return mayFix(FixCode.ADD_COORDINATOR)
                ? allowing(fixes.stream()
                        .filter(code -> !code.equals(FixCode.ADD_COORDINATOR.name()))
                        .collect(Collectors.toUnmodifiableSet()))
                : this;
    }

    /** The same, allowing these fixes and no others. */
    public UpdatePolicy allowing(Set<String> codes) {
        return with(onLivePatchFailure, codes);
    }

    private UpdatePolicy with(OnLivePatchFailure failure, Set<String> codes) {
        return new UpdatePolicy(
                mode,
                livePatching,
                failure,
                onBlocker,
                onMaintenance,
                guidanceLevels,
                vmPlacementAfter,
                codes,
                leaveDisabled,
                onUpdatesChanged,
                vmRestarts,
                acknowledged);
    }

    /** What of this the decision itself depends on. */
    public DecisionInputs.Policy deciding() {
        return new DecisionInputs.Policy(livePatching, guidanceLevels);
    }

    /** Who carries out what an update leaves to do (R28). */
    public enum Mode {
        /** Restarts what must be restarted. */
        AUTOMATIC,
        /** Applies only; reboots and restarts are listed for a person. */
        MANUAL
    }

    /** What happens when a live patch fails in reality (P1.5, R8, R18). */
    public enum OnLivePatchFailure {
        /** The host reboots, as it would have without the live patch. */
        REBOOT,
        /** The host stays up; the reboot is listed as left. */
        WARN,
        /** The host counts as failed. */
        FAIL
    }

    /** What a blocked host means for the job (P5.1). */
    public enum OnBlocker {
        /** It blocks its pool. */
        REJECT,
        /** It is left out, unless it is a coordinator that lacks the update. */
        SKIP_HOST
    }

    /** What becomes of a host that a person had disabled (R27). */
    public enum OnMaintenance {
        /** It blocks. */
        SKIP,
        /** It is updated, and ends disabled. */
        INCLUDE
    }

    /** What happens when a repository offers something else than what the first host received (R15). */
    public enum OnUpdatesChanged {
        /** No further host starts. */
        STOP,
        /** Everything is planned again, from the coordinator, with what is on offer now. */
        REPLAN
    }

    /** Which VMs are restarted so that an update takes effect in them; after all hosts of the pool (R10). */
    public enum VmRestarts {
        /** None; they are listed. */
        LIST,
        /** Device models only, where the server can do that while the VM runs. */
        DEVICE_MODELS,
        /** Device models, and VMs by a clean reboot. */
        ALL
    }

    /** Where guests go afterwards (R23). */
    public enum VmPlacementAfter {
        /** Back to where they ran, with several tries; guests that the job left in their way go home first. */
        HOME,
        /** One try each, no room made. */
        BEST_EFFORT,
        /** They stay where they are. */
        LEAVE
    }
}
