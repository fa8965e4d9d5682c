package io.xenpatch.precheck;

import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;

/** From 8.2 on paravirtual guests are no longer supported, and from Cumulative Update 1 on they don't start (xencenter.md §4.2). */
final class ParavirtualGuests implements Precheck {
    /** A person has looked at the guest and wants it to stay. */
    private static final String PASSED = "pvcheckpass";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<String> guests = situation.pool().vms().stream()
                .filter(vm -> vm.kind() == GuestKind.PV && !vm.otherConfig().containsKey(PASSED))
                .map(VmSnapshot::name)
                .sorted()
                .toList();
        return !guests.isEmpty()
                        && situation.coordinator().hasPlatform(Platforms.NAPLES, Platforms.YANGTZE)
                        && !situation.newVersions().isEmpty()
                        && !situation.applying().isEmpty()
                ? List.of(row(situation, guests))
                : List.of();
    }

    private static PrecheckRow row(Situation situation, List<String> guests) {
        boolean refused = situation.reaches("8.2.1");
        return Finding.of("PARAVIRTUAL_GUESTS", refused ? Severity.BLOCKING : Severity.WARNING, situation)
                .with("vms", guests)
                .forAPerson()
                .says(
                        "These VMs are paravirtual: " + String.join(", ", guests),
                        (refused
                                        ? "The new version does not start them any more."
                                        : "The new version does not support them.")
                                + " Make them HVM first. For one that is to stay as it is, set " + PASSED
                                + " in its other_config.");
    }
}
