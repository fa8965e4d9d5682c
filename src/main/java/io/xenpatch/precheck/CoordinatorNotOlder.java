package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** A member that is newer than its coordinator can be locked out, and must not be worked on before that is cured (P4.2, xapi.md §13). */
final class CoordinatorNotOlder implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        HostSnapshot coordinator = situation.coordinator();
        List<String> newer = situation.pool().hosts().stream()
                .filter(host -> host.compareVersion(coordinator) > 0)
                .map(HostSnapshot::name)
                .toList();
        if (newer.isEmpty() || situation.workedOn().isEmpty() || situation.isWorkedOn(coordinator.uuid())) {
            return List.of();
        }
        return List.of(Finding.of("COORDINATOR_MUST_BE_FIRST", Severity.BLOCKING, situation)
                .about(coordinator)
                .with("newer", newer)
                .curedBy(situation.lacksUpdate(coordinator) ? Fixes.ADD_COORDINATOR : null)
                .says(
                        "Coordinator " + coordinator.name() + " is older than " + String.join(", ", newer),
                        "A host that is newer than its coordinator may not find back into the pool after its next restart. Update"
                                + " the coordinator first: add it to the targets, or bring it to the same version."));
    }
}
