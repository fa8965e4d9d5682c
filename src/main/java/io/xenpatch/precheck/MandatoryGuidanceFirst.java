package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** The server applies nothing to a host that owes something mandatory; MANUAL does not carry it out (R14, R28). */
final class MandatoryGuidanceFirst implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return !situation.isFromRepository() || situation.policy().mode() == Mode.AUTOMATIC
                ? List.of()
                : situation.applying().stream()
                        .map(HostPlan::hostUuid)
                        .map(situation::host)
                        .filter(host -> !host.software()
                                .pending()
                                .at(GuidanceLevel.MANDATORY)
                                .isEmpty())
                        .map(host -> row(situation, host))
                        .toList();
    }

    private static PrecheckRow row(Situation situation, HostSnapshot host) {
        List<String> owed = host.software().pending().at(GuidanceLevel.MANDATORY).stream()
                .map(Enum::name)
                .sorted()
                .toList();
        return Finding.of("HOST_PENDING_MANDATORY_GUIDANCE", Severity.BLOCKING, situation)
                .on(host)
                .with("tasks", owed)
                .says(
                        "Host " + host.name() + " still owes what an earlier update made mandatory: "
                                + String.join(", ", owed),
                        "The server installs nothing on it before that is done, and mode MANUAL does not do it. Do it by hand, "
                                + "or use mode AUTOMATIC.");
    }
}
