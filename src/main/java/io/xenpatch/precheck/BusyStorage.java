package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.SrSnapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Disks that are copied, moved or created: a restart waits for it, on the coordinator whichever storage it is (R16). */
final class BusyStorage implements Precheck {
    /** Reads, most of them the server's own and over in seconds. */
    private static final Set<String> HARMLESS = Set.of("scan", "update");

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.pool().srs().stream()
                .filter(sr -> !operations(sr).isEmpty())
                .filter(sr -> BusyGuests.restartsCoordinator(situation) || restartsAUser(situation, sr))
                .map(sr -> row(situation, sr))
                .toList();
    }

    private static Set<String> operations(SrSnapshot sr) {
        Set<String> operations = new TreeSet<>(sr.operations());
        operations.removeAll(HARMLESS);
        return operations;
    }

    private static boolean restartsAUser(Situation situation, SrSnapshot sr) {
        return situation.restarting().stream()
                .map(HostPlan::hostUuid)
                .map(situation::host)
                .anyMatch(host -> host.attaches(sr.uuid()));
    }

    private static PrecheckRow row(Situation situation, SrSnapshot sr) {
        Set<String> operations = operations(sr);
        return Finding.of("OPERATION_IN_PROGRESS", Severity.WARNING, situation)
                .with("sr", sr.name())
                .with("srUuid", sr.uuid().value())
                .with("operations", List.copyOf(operations))
                .says(
                        "Storage " + sr.name() + " is busy with " + String.join(", ", operations),
                        "A restart of a host that uses it" + BusyGuests.IS_WAITED_FOR);
    }
}
