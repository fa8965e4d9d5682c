package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What running VMs still owe after all hosts of their pool are finished (R10). Guidance levels concern hosts only. */
public final class VmTasks {

    private VmTasks() {}

    /** A VM and the one thing that is to be done for it: {@code RESTART_VM}, or {@code RESTART_DEVICE_MODEL}. */
    public record VmTask(VmSnapshot vm, UpdateTask task) {}

    /**
     * What a VM owes now, the smaller task beside the larger one that would do its work too.
     *
     * @param owed what update images asked for, with the server's time of their apply; null where none did. A restart since then did
     *     it. Servers with repositories say it in the VM's own lists.
     */
    public static Set<UpdateTask> of(VmSnapshot vm, @Nullable Owed owed) {
        Set<UpdateTask> tasks = EnumSet.noneOf(UpdateTask.class);
        if (vm.powerState() != PowerState.RUNNING) {
            return tasks;
        }
        if (owed != null && !isRestartedSince(vm, owed.since())) {
            tasks.add(
                    owed.cause() == Guidance.RESTART_DEVICE_MODEL
                            ? UpdateTask.RESTART_DEVICE_MODEL
                            : UpdateTask.RESTART_VM);
        }
        if (isListed(vm, Guidance.RESTART_VM)) {
            tasks.add(UpdateTask.RESTART_VM);
        }
        if (isListed(vm, Guidance.RESTART_DEVICE_MODEL)) {
            tasks.add(UpdateTask.RESTART_DEVICE_MODEL);
        }
        return tasks;
    }

    private static boolean isRestartedSince(VmSnapshot vm, Instant moment) {
        return vm.startedAt() != null && vm.startedAt().isAfter(moment);
    }

    /** What the policy lets a job do, one task a VM, in the order of the VMs' names. */
    public static List<VmTask> all(List<VmSnapshot> vms, Map<VmUuid, Owed> owed, VmRestarts policy) {
        return vms.stream()
                .flatMap(vm -> largest(of(vm, owed.get(vm.uuid())), policy).map(task -> new VmTask(vm, task)).stream())
                .sorted(Comparator.comparing(each -> each.vm().name()))
                .toList();
    }

    private static Optional<UpdateTask> largest(Set<UpdateTask> owed, VmRestarts policy) {
        Stream<UpdateTask> allowed = switch (policy) {
            case LIST -> Stream.empty();
            case DEVICE_MODELS -> Stream.of(UpdateTask.RESTART_DEVICE_MODEL);
            case ALL -> Stream.of(UpdateTask.RESTART_VM, UpdateTask.RESTART_DEVICE_MODEL);
        };
        return allowed.filter(owed::contains).findFirst();
    }

    private static boolean isListed(VmSnapshot vm, Guidance task) {
        return Arrays.stream(GuidanceLevel.values())
                .anyMatch(level -> vm.pending().at(level).contains(task));
    }

    /** @param since the server's time when the update image was applied to the VM's host */
    public record Owed(Guidance cause, Instant since) {}
}
