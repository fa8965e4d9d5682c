package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.plan.VmTasks;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What earlier updates left to do for guests, in all three lists (XC-10, R10): INFO where this plan does it, WARNING where it does not. */
final class PendingVmTasks implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return Stream.of(UpdateTask.RESTART_VM, UpdateTask.RESTART_DEVICE_MODEL)
                .flatMap(task -> Stream.of(true, false).flatMap(done -> row(situation, task, done).stream()))
                .toList();
    }

    private static Optional<PrecheckRow> row(Situation situation, UpdateTask task, boolean done) {
        List<String> vms = situation.pool().vms().stream()
                .filter(vm -> UpdateTask.absorb(VmTasks.of(vm, null)).contains(task))
                .filter(vm -> isDone(situation, vm, task) == done)
                .map(VmSnapshot::name)
                .sorted()
                .toList();
        return vms.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Finding.of("VM_TASKS_PENDING", done ? Severity.INFO : Severity.WARNING, situation)
                                .with("task", task.name())
                                .with("vms", vms)
                                .says(
                                        "Earlier updates wait for " + inWords(task) + " of VMs: "
                                                + String.join(", ", vms),
                                        done
                                                ? "This plan does it."
                                                : "This plan does not do it: until then those updates are not in effect for these VMs. Let"
                                                        + " the job do it with vmRestarts, or restart the VMs when it suits their owners."));
    }

    private static String inWords(UpdateTask task) {
        return task == UpdateTask.RESTART_VM ? "a restart" : "new device models";
    }

    /** A migration gives a guest new device models. */
    private static boolean isDone(Situation situation, VmSnapshot vm, UpdateTask task) {
        VmRestarts restarts = situation.policy().vmRestarts();
        boolean moves = situation.evacuating().stream().map(HostPlan::hostUuid).anyMatch(vm::isResidentOn);
        return task == UpdateTask.RESTART_VM ? restarts == VmRestarts.ALL : moves || restarts != VmRestarts.LIST;
    }
}
