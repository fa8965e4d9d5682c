package io.xenpatch.precheck;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.UpdateTask;
import java.util.List;

/** {@code REQUIRE} means without a reboot: whichever source asks for it, pending ones included (R9). */
final class LivePatchRequired implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        if (situation.policy().livePatching() != LivePatching.REQUIRE) {
            return List.of();
        }
        return situation.plan().hosts().stream()
                .map(HostPlan::decision)
                .filter(decision -> decision.needs(UpdateTask.REBOOT_HOST))
                .map(decision -> row(situation, decision))
                .toList();
    }

    private static PrecheckRow row(Situation situation, HostDecision decision) {
        HostSnapshot host = situation.host(decision.hostUuid());
        return Finding.of("LIVE_PATCH_REQUIRED", Severity.BLOCKING, situation)
                .on(host)
                .with("reasons", Reasons.codes(decision))
                .says(
                        "Host " + host.name() + " would have to reboot, and live patching is required",
                        "Why it would reboot: " + Reasons.inWords(decision)
                                + ". Allow the reboot with livePatching PREFER, or remove the cause.");
    }
}
