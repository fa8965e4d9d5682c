package io.xenpatch.precheck;

import io.xenpatch.plan.StepType;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;

/**
 * With the pool's automatic start on, every marked guest that is halted starts when any host boots, and takes the place that others need
 * (XC-36, R35).
 */
final class PoolAutoStart implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<String> rebooting = situation.plan().hosts().stream()
                .filter(plan -> plan.steps().contains(StepType.REBOOT))
                .map(plan -> situation.host(plan.hostUuid()).name())
                .toList();
        List<String> starting = situation.pool().vms().stream()
                .filter(vm -> vm.autoPoweron() && vm.powerState() == PowerState.HALTED)
                .map(VmSnapshot::name)
                .sorted()
                .toList();
        return rebooting.isEmpty() || starting.isEmpty() || !AutoStart.isOn(situation)
                ? List.of()
                : List.of(row(situation, rebooting, starting));
    }

    private static PrecheckRow row(Situation situation, List<String> rebooting, List<String> starting) {
        return Finding.of("POOL_AUTO_START", Severity.WARNING, situation)
                .with("hosts", rebooting)
                .with("vms", starting)
                .curedBy(Fixes.AUTO_START_OFF)
                .says(
                        "Pool " + situation.poolName() + " starts halted VMs when a host boots: "
                                + String.join(", ", starting),
                        "They are off now and marked to start automatically. They would start when "
                                + String.join(", ", rebooting)
                                + " reboots, and take the memory that the VMs of the next host need. Turn automatic start off for the"
                                + " time of the update.");
    }
}
