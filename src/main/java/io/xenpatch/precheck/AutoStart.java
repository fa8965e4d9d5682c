package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;
import java.util.stream.Stream;

/** A pool that starts marked guests by itself may start them on a host that has just booted (xencenter.md §4.3, R35). */
final class AutoStart implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (!isOn(situation)) {
            return List.of();
        }
        return situation.plan().hosts().stream()
                .filter(plan -> plan.steps().contains(StepType.REBOOT))
                .flatMap(plan -> rows(situation, plan))
                .toList();
    }

    static boolean isOn(Situation situation) {
        return situation.pool().startsGuests();
    }

    private static Stream<PrecheckRow> rows(Situation situation, HostPlan plan) {
        return situation.pool().residentOn(plan.hostUuid()).stream()
                .filter(VmSnapshot::autoPoweron)
                .map(vm -> Finding.of("VM_AUTO_START", Severity.WARNING, situation)
                        .on(vm.uuid(), vm.name(), plan.hostUuid())
                        .curedBy(Fixes.AUTO_START_OFF)
                        .says(
                                "VM " + vm.name() + " starts automatically when its host boots",
                                "Should its owner stop it while it is away, the server starts it again after the reboot. Turn "
                                        + "automatic start off for the time of the update if that matters."));
    }
}
