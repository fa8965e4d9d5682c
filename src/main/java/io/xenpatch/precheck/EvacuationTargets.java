package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.ArrayList;
import java.util.List;

/** A host is rebooted only when it is empty, so its guests need somewhere to go (R17). */
final class EvacuationTargets implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostPlan plan : situation.evacuating()) {
            HostUuid host = plan.hostUuid();
            if (hasNone(situation, host)) {
                rows.add(row(situation, situation.host(host)));
            }
        }
        return rows;
    }

    /** Guests that must leave, and no host that could take them: it is alone, or the server found none for any of them. */
    static boolean hasNone(Situation situation, HostUuid host) {
        boolean inhabited = !situation.pool().residentOn(host).isEmpty();
        boolean alone = situation.pool().hosts().size() == 1;
        boolean noneFound = situation
                .answers()
                .evacuationBlockersOf(host)
                .fold(
                        blockers -> !blockers.isEmpty()
                                && blockers.values().stream()
                                        .allMatch(reason -> !reason.isEmpty()
                                                && reason.get(0).equals("NO_HOSTS_AVAILABLE")),
                        failed -> false,
                        notAsked -> false);
        return inhabited && (alone || noneFound);
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        List<String> guests = situation.pool().residentOn(host.uuid()).stream()
                .map(VmSnapshot::name)
                .sorted()
                .toList();
        return Finding.of("NO_EVACUATION_TARGET", Severity.BLOCKING, situation)
                .on(host)
                .with("vms", guests)
                .with(
                        "vmUuids",
                        situation.pool().residentOn(host.uuid()).stream()
                                .map(vm -> vm.uuid().value())
                                .toList())
                .curedBy(Fixes.SUSPEND_VM)
                .says(
                        "Host " + host.name() + " must be emptied and its VMs have nowhere to go",
                        "No other enabled host could take " + String.join(", ", guests)
                                + ". A host is never restarted under running VMs: enable another host, or shut these VMs down or "
                                + "suspend them first.");
    }
}
