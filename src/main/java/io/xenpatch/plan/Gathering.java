package io.xenpatch.plan;

import io.xenpatch.plan.Reason.Source;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects one decision's tasks and reasons while {@link Decider} walks through the inputs. */
final class Gathering {

    private final DecisionInputs inputs;
    private final Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
    private final List<Reason> reasons = new ArrayList<>();
    private final List<VmToRestart> vms = new ArrayList<>();
    private boolean livePatchEffective;

    Gathering(DecisionInputs inputs) {
        this.inputs = inputs;
    }

    HostDecision decision() {
        return decision(livePatchEffective);
    }

    HostDecision decision(boolean effective) {
        return Decider.made(inputs, effective, tasks, reasons, vms);
    }

    boolean reboots() {
        return tasks.contains(UpdateTask.REBOOT_HOST);
    }

    void addFromUpdate(Guidance guidance) {
        if (guidance == Guidance.REBOOT_HOST) {
            addReboot(livePatchVerdict());
        } else {
            add(guidance, new Reason(codeOf(guidance, ReasonCode.UPDATE_GUIDANCE), Source.UPDATE, guidance.name()));
        }
    }

    void addPending(PendingGuidance pending) {
        if (inputs.policy().carriesOut(pending.level())) {
            ReasonCode code = codeOf(pending.guidance(), ReasonCode.PENDING_GUIDANCE);
            add(pending.guidance(), new Reason(code, Source.PENDING, pending.detail()));
        }
    }

    void addReboot(ReasonCode verdict) {
        reasons.add(new Reason(verdict, Source.UPDATE, Guidance.REBOOT_HOST.name()));
        if (verdict == ReasonCode.LIVE_PATCH_COMPLETE) {
            livePatchEffective = true;
        } else {
            tasks.add(UpdateTask.REBOOT_HOST);
        }
    }

    /** Whether the live patch takes the reboot's place, and if not, why not; licence before pool switch (R3). */
    ReasonCode livePatchVerdict() {
        return switch (inputs.livePatch()) {
            case COMPLETE -> {
                if (inputs.policy().livePatching() == LivePatching.NEVER) {
                    yield ReasonCode.LIVE_PATCHING_REFUSED_BY_POLICY;
                }
                if (!inputs.pool().licensed()) {
                    yield ReasonCode.LIVE_PATCHING_NOT_LICENSED;
                }
                yield inputs.pool().enabled() ? ReasonCode.LIVE_PATCH_COMPLETE : ReasonCode.LIVE_PATCHING_DISABLED;
            }
            case INCOMPLETE -> ReasonCode.LIVE_PATCH_INCOMPLETE;
            case NONE -> ReasonCode.NO_LIVE_PATCH;
            case UNKNOWN -> ReasonCode.LIVE_PATCH_STATUS_UNKNOWN;
        };
    }

    void add(Guidance guidance, Reason reason) {
        switch (guidance) {
            case REBOOT_HOST,
                    UNKNOWN,
                    REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE -> add(UpdateTask.REBOOT_HOST, reason);
            case EVACUATE_HOST -> add(UpdateTask.EVACUATE_HOST, reason);
            case RESTART_TOOLSTACK -> add(UpdateTask.RESTART_TOOLSTACK, reason);
            case RESTART_DEVICE_MODEL -> add(UpdateTask.RESTART_DEVICE_MODEL, reason);
            case RESTART_VM -> addVms(guidance, kind -> true, reason);
            case RESTART_HVM -> addVms(guidance, kind -> kind == GuestKind.HVM, reason);
            case RESTART_PV -> addVms(guidance, kind -> kind == GuestKind.PV, reason);
        }
    }

    private void add(UpdateTask task, Reason reason) {
        tasks.add(task);
        reasons.add(reason);
    }

    /** What is left to do for one guest; a host's words on a guest mean nothing. */
    void addGuest(Guest guest, Guidance left, Reason reason) {
        if (left == Guidance.RESTART_VM || left == Guidance.RESTART_DEVICE_MODEL) {
            vms.add(new VmToRestart(guest.vmUuid(), guest.kind(), left));
            add(left == Guidance.RESTART_VM ? UpdateTask.RESTART_VM : UpdateTask.RESTART_DEVICE_MODEL, reason);
        }
    }

    private void addVms(Guidance cause, Predicate<GuestKind> concerned, Reason reason) {
        List<VmToRestart> found = inputs.guests().stream()
                .filter(guest -> concerned.test(guest.kind()))
                .map(guest -> new VmToRestart(guest.vmUuid(), guest.kind(), cause))
                .toList();
        if (!found.isEmpty()) {
            vms.addAll(found);
            add(UpdateTask.RESTART_VM, reason);
        }
    }

    static ReasonCode codeOf(Guidance guidance, ReasonCode usual) {
        return switch (guidance) {
            case UNKNOWN -> ReasonCode.UNKNOWN_GUIDANCE;
            case REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE -> ReasonCode.PENDING_LIVE_PATCH_FAILURE;
            default -> usual;
        };
    }
}
