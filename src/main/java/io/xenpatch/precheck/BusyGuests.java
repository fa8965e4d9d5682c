package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.VmSnapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Backups, exports, imports, copies and migrations of guests. A busy guest can't leave its host, and a restart waits for what the host,
 * or of the coordinator what the pool, does for guests (R16; peers.md §1.5).
 */
final class BusyGuests implements Precheck {
    /** Completes "A restart of …". */
    static final String IS_WAITED_FOR =
            " would break that off, so the job waits there until it has ended, and gives the host up when that"
                    + " takes too long. Let it end first, or choose another time.";

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.pool().vms().stream()
                .filter(vm -> !vm.currentOperations().isEmpty())
                .flatMap(vm -> rows(situation, vm).stream())
                .toList();
    }

    private static List<PrecheckRow> rows(Situation situation, VmSnapshot vm) {
        if (runsOnOneOf(situation.evacuating(), vm)) {
            return List.of(
                    row(
                            situation,
                            vm,
                            "It can't move before that has ended. Whether it can is asked again before its host is evacuated."));
        }
        if (runsOnOneOf(situation.restarting(), vm)) {
            return List.of(row(situation, vm, "A restart of its host's toolstack" + IS_WAITED_FOR));
        }
        return restartsCoordinator(situation)
                ? List.of(row(situation, vm, "A restart of the coordinator" + IS_WAITED_FOR))
                : List.of();
    }

    private static boolean runsOnOneOf(List<HostPlan> plans, VmSnapshot vm) {
        return plans.stream().anyMatch(plan -> vm.isResidentOn(plan.hostUuid()));
    }

    /** The coordinator has a hand in whatever the pool does. */
    static boolean restartsCoordinator(Situation situation) {
        return situation.restarting().stream()
                .anyMatch(plan -> plan.hostUuid().equals(situation.pool().coordinator()));
    }

    private static PrecheckRow row(Situation situation, VmSnapshot vm, String detail) {
        Set<String> operations = new TreeSet<>(vm.currentOperations().values());
        Finding finding = Finding.of("OPERATION_IN_PROGRESS", Severity.WARNING, situation)
                .with("operations", List.copyOf(operations));
        Finding about = vm.residentOn() == null
                ? finding.about(vm.uuid(), vm.name())
                : finding.on(vm.uuid(), vm.name(), vm.residentOn());
        return about.says(
                "VM " + vm.name() + " is busy with "
                        + operations.stream().map(BusyGuests::inWords).collect(Collectors.joining(", ")),
                detail);
    }

    private static String inWords(String operation) {
        return switch (operation) {
            case "snapshot", "snapshot_with_quiesce", "checkpoint" -> "a snapshot or backup (" + operation + ")";
            case "export", "metadata_export" -> "an export or backup (" + operation + ")";
            case "import" -> "an import";
            case "copy", "clone" -> "a copy (" + operation + ")";
            case "pool_migrate", "migrate_send" -> "a migration (" + operation + ")";
            default -> operation;
        };
    }
}
