package io.xenpatch.precheck;

import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** No host may become newer than its coordinator (R13). */
final class CoordinatorIncluded implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        HostSnapshot coordinator = situation.coordinator();
        boolean target = situation.plan().host(coordinator.uuid()).isPresent();
        if (target
                || !situation.lacksUpdate(coordinator)
                || situation.applying().isEmpty()) {
            return List.of();
        }
        return List.of(Finding.of("COORDINATOR_NOT_INCLUDED", Severity.BLOCKING, situation)
                .about(coordinator)
                .with("update", situation.updateName())
                .curedBy(Fixes.ADD_COORDINATOR)
                .says(
                        "Coordinator " + coordinator.name() + " lacks " + situation.what() + " and is no target",
                        "The coordinator must be updated first: a host that is newer than its coordinator can't work in the "
                                + "pool reliably. Add the coordinator to the targets."));
    }
}
