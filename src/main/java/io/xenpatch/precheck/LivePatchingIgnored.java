package io.xenpatch.precheck;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.ReasonCode;
import java.util.List;
import java.util.stream.Stream;

/** Refusing live patches can't keep the server from loading them; the reboot comes on top (R4). */
final class LivePatchingIgnored implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return Stream.of(ReasonCode.LIVE_PATCHING_DISABLED, ReasonCode.LIVE_PATCHING_REFUSED_BY_POLICY)
                .filter(code ->
                        situation.applying().stream().map(HostPlan::decision).anyMatch(decision -> has(decision, code)))
                .map(code -> row(situation, code))
                .toList();
    }

    private static PrecheckRow row(Situation situation, ReasonCode code) {
        String who = code == ReasonCode.LIVE_PATCHING_DISABLED
                ? "Pool " + situation.poolName() + " has live patching disabled"
                : "The request does not rely on live patches";
        return Finding.of(code.name(), Severity.INFO, situation)
                .says(
                        who + ": hosts reboot although a complete live patch exists",
                        "The server ignores this setting and loads the live patch all the same when the update is applied. What "
                                + "the setting does is that Xenpatch does not rely on it and reboots the host as well.");
    }

    private static boolean has(HostDecision decision, ReasonCode code) {
        return decision.reasons().stream().anyMatch(reason -> reason.code() == code);
    }
}
