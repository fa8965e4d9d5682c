package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Discs in the drives of guests that must leave their host (xencenter.md §4.3). That a disc keeps a guest from leaving is for the
 * server to say ({@link Evacuable}); it gives one reason a guest, so that a disc may stand behind another one.
 */
final class DiscsInserted implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        for (HostPlan plan : situation.evacuating()) {
            situation
                    .pool()
                    .residentOn(plan.hostUuid())
                    .forEach(vm -> discs(situation, vm).stream()
                            .filter(disc -> !isReported(situation, plan, vm, disc))
                            .map(disc -> row(situation, plan, vm, disc))
                            .forEach(rows::add));
        }
        return rows;
    }

    private static List<SrSnapshot> discs(Situation situation, VmSnapshot vm) {
        return vm.discs().stream()
                .flatMap(sr -> situation.pool().sr(sr).stream())
                .sorted(Comparator.comparing(SrSnapshot::name))
                .toList();
    }

    private static boolean isReported(Situation situation, HostPlan plan, VmSnapshot vm, SrSnapshot disc) {
        SrUuid sr = disc.uuid();
        return situation
                .answers()
                .evacuationBlockersOf(plan.hostUuid())
                .fold(
                        blockers -> blockers.getOrDefault(vm.uuid(), List.of()).contains(sr.toString()),
                        failed -> false,
                        notAsked -> false);
    }

    private static PrecheckRow row(Situation situation, HostPlan plan, VmSnapshot vm, SrSnapshot disc) {
        if (disc.tools()) {
            return start(situation, plan, vm, disc, Severity.WARNING, "TOOLS")
                    .says(
                            "VM " + vm.name() + " has the disc of guest tools in its drive",
                            "An update can replace that disc, and a host that has another one may refuse the VM. Eject it.");
        }
        if (!disc.shared()) {
            return start(situation, plan, vm, disc, Severity.WARNING, "LOCAL")
                    .says(
                            "VM " + vm.name() + " has a disc from " + disc.name()
                                    + " in its drive, which only its host has",
                            "It can't leave the host with that disc, whatever else keeps it there. Eject the disc.");
        }
        List<String> without = withoutLibrary(situation, plan, disc);
        return without.isEmpty()
                ? start(situation, plan, vm, disc, Severity.INFO, "SHARED")
                        .says(
                                "VM " + vm.name() + " has a disc from " + disc.name() + " in its drive",
                                "All other hosts have that library too, so the VM can move with it.")
                : start(situation, plan, vm, disc, Severity.WARNING, "SHARED")
                        .with("hostsWithout", without)
                        .says(
                                "VM " + vm.name() + " has a disc from " + disc.name()
                                        + " in its drive, which is not attached to " + String.join(", ", without),
                                "It can't move there with that disc. Eject the disc, or attach the library on every host.");
    }

    private static Finding start(
            Situation situation, HostPlan plan, VmSnapshot vm, SrSnapshot disc, Severity severity, String kind) {
        return Finding.of("VM_DISC_INSERTED", severity, situation)
                .on(vm.uuid(), vm.name(), plan.hostUuid())
                .with("host", situation.host(plan.hostUuid()).name())
                .with("sr", disc.name())
                .with("library", kind)
                .curedBy(Fixes.EJECT_CD);
    }

    private static List<String> withoutLibrary(Situation situation, HostPlan plan, SrSnapshot disc) {
        return situation.pool().hosts().stream()
                .filter(host -> host.enabled() && !host.uuid().equals(plan.hostUuid()))
                .filter(host -> !host.attaches(disc.uuid()))
                .map(HostSnapshot::name)
                .toList();
    }
}
