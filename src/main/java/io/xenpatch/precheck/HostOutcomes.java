package io.xenpatch.precheck;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;

/** What becomes of each host, and why: the answer that people open an assessment for. */
final class HostOutcomes implements Precheck {

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.workedOn().stream().map(plan -> row(situation, plan)).toList();
    }

    private static PrecheckRow row(Situation situation, HostPlan plan) {
        HostSnapshot host = situation.host(plan.hostUuid());
        HostDecision decision = plan.decision();
        String because = decision.reasons().isEmpty()
                ? ""
                : "Why: " + Reasons.inWords(decision) + ". Codes: " + String.join(", ", Reasons.codes(decision)) + ".";
        return Finding.of(code(plan), plan.decision().noActionRequired() ? Severity.OK : Severity.INFO, situation)
                .on(host)
                .with("reasons", Reasons.codes(decision))
                .with("tasks", decision.tasks().stream().map(Enum::name).toList())
                .says(title(plan, host.name()), because);
    }

    private static String code(HostPlan plan) {
        if (plan.steps().contains(StepType.REBOOT)) {
            return "HOST_WILL_REBOOT";
        }
        if (plan.steps().contains(StepType.RESTART_TOOLSTACK)) {
            return "TOOLSTACK_WILL_RESTART";
        }
        if (!plan.decision().noActionRequired()) {
            return "TASKS_WILL_BE_LEFT";
        }
        return plan.decision().livePatchEffective() ? "LIVE_PATCH_EFFECTIVE" : "NO_ACTION_REQUIRED";
    }

    private static String title(HostPlan plan, String host) {
        return switch (code(plan)) {
            case "HOST_WILL_REBOOT" -> "Host " + host + " reboots";
            case "TOOLSTACK_WILL_RESTART" -> "The toolstack of host " + host + " restarts; its VMs keep running";
            case "TASKS_WILL_BE_LEFT" ->
                "On host " + host + " this is left to do afterwards: "
                        + String.join(
                                ", ",
                                plan.decision().tasks().stream().map(Enum::name).toList());
            case "LIVE_PATCH_EFFECTIVE" -> "On host " + host + " a live patch takes the reboot's place";
            default -> "Host " + host + " needs nothing further after the update";
        };
    }
}
