package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** A host that a person took out of service is left alone unless the request includes it (R27). */
final class MaintenanceRespected implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.workedOn().stream()
                .filter(HostPlan::endsDisabled)
                .map(plan -> row(situation, situation.host(plan.hostUuid())))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        String title = "Host " + host.name() + (host.enabled() ? " is in maintenance mode" : " is disabled");
        if (situation.policy().onMaintenance() == OnMaintenance.INCLUDE) {
            return Finding.of("HOST_IN_MAINTENANCE", Severity.INFO, situation)
                    .on(host)
                    .with("enabled", host.enabled())
                    .says(
                            title,
                            "It is included all the same: it is updated and ends disabled, and no VM is brought there.");
        }
        return Finding.of("HOST_IN_MAINTENANCE", Severity.BLOCKING, situation)
                .on(host)
                .with("enabled", host.enabled())
                .says(
                        title,
                        "Somebody took it out of service, and an update would work on it meanwhile. Enable it, include it with "
                                + "onMaintenance INCLUDE (it then ends disabled), or leave it out with onBlocker SKIP_HOST.");
    }
}
