package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Somebody is doing something to the pool or to a host that an update would collide with (xapi.md §8.1). */
final class OperationsInProgress implements Precheck {

    /** Reads that the server lets wait by itself. */
    private static final Set<String> HARMLESS = Set.of("get_updates");

    private static final Set<String> OF_THE_HOST =
            Set.of("evacuate", "reboot", "shutdown", "apply_updates", "power_on");

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        List<PrecheckRow> rows = new ArrayList<>();
        Set<String> onPool = new TreeSet<>(situation.pool().currentOperations().values());
        onPool.removeAll(HARMLESS);
        if (!onPool.isEmpty() && !situation.workedOn().isEmpty()) {
            rows.add(ofPool(situation, onPool));
        }
        for (HostSnapshot host : situation.pool().hosts()) {
            Set<String> onHost = new TreeSet<>(host.currentOperations().values());
            onHost.retainAll(OF_THE_HOST);
            if (!onHost.isEmpty() && !situation.workedOn().isEmpty()) {
                rows.add(ofHost(situation, host, onHost));
            }
        }
        return rows;
    }

    private static PrecheckRow ofPool(Situation situation, Set<String> operations) {
        return Finding.of("OPERATION_IN_PROGRESS", Severity.BLOCKING, situation)
                .with("operations", List.copyOf(operations))
                .says(
                        "Pool " + situation.poolName() + " is busy with " + String.join(", ", operations),
                        "The server refuses an update or a restart while this runs. Try again when it has ended.");
    }

    /** On a host that is not touched it only says that the pool has less room. */
    private static PrecheckRow ofHost(Situation situation, HostSnapshot host, Set<String> operations) {
        boolean touched = situation.isWorkedOn(host.uuid());
        Finding finding = touched
                ? Finding.of("OPERATION_IN_PROGRESS", Severity.BLOCKING, situation)
                        .on(host)
                : Finding.of("OPERATION_IN_PROGRESS", Severity.WARNING, situation)
                        .on(host);
        return finding.with("operations", List.copyOf(operations))
                .says(
                        "Host " + host.name() + " is busy with " + String.join(", ", operations),
                        touched
                                ? "Somebody else works on this host. Try again when that has ended."
                                : "This host is not updated, but guests can't move there meanwhile.");
    }
}
