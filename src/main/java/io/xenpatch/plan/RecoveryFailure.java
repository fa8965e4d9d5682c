package io.xenpatch.plan;

import io.xenpatch.plan.RecoveryDecision.Fail;
import io.xenpatch.plan.StepSituation.HostNow;

/** How a step fails: a stable code, the state of the host, and what a person can do (P5.8). */
final class RecoveryFailure {

    private RecoveryFailure() {}

    static Fail of(StepSituation step, String code, String why) {
        return new Fail(code, why + " " + state(step) + " " + advice(step.type()));
    }

    /** The server said no. */
    static Fail refused(StepSituation step, TaskFate.Failed failed) {
        return of(
                step,
                refusedCode(step.type()),
                ("The pool says " + failed.code() + ". " + RefusalWords.of(failed.code())).strip());
    }

    /** Waited or repeated long enough. */
    static Fail timedOut(StepSituation step) {
        if (step.certainlyNotHappened()) {
            return of(step, refusedCode(step.type()), step.type() + " could not be sent.");
        }
        HostNow host = step.host();
        boolean there = host != null && !host.isAway() && host.answers();
        return switch (step.type()) {
            case APPLY_UPDATE -> of(step, "APPLY_OUTCOME_UNKNOWN", "Nobody can say how the apply ended.");
            case RESTART_TOOLSTACK ->
                of(step, "TOOLSTACK_DID_NOT_RETURN", "The toolstack was told to restart; no later start is seen.");
            case REBOOT ->
                there
                        ? of(step, "REBOOT_NOT_SEEN", "It was told to reboot and is up, but no later boot is seen.")
                        : of(step, "HOST_DID_NOT_RETURN", "It was told to reboot and is not back in time.");
            default -> of(step, refusedCode(step.type()), step.type() + " did not come to an end in time.");
        };
    }

    private static String refusedCode(StepType type) {
        return switch (type) {
            case DISABLE_HOST -> "DISABLE_FAILED";
            case ENABLE_HOST -> "ENABLE_FAILED";
            case EVACUATE -> "EVACUATION_FAILED";
            case APPLY_UPDATE -> "APPLY_FAILED";
            case RESTART_TOOLSTACK -> "TOOLSTACK_RESTART_FAILED";
            default -> "REBOOT_FAILED";
        };
    }

    private static String state(StepSituation step) {
        HostNow host = step.host();
        String name = "Host " + step.hostName();
        if (host == null) {
            return name
                    + " could not be read last: the pool does not answer. If its address changed, give it the new one with PATCH "
                    + "/api/v1/pools/{poolUuid}. If its coordinator is gone for good, make another host the coordinator on that host's "
                    + "console (xe pool-emergency-transition-to-master, then xe pool-recover-slaves).";
        }
        return name + " is " + (host.snapshot().live() ? "live" : "not live") + " and "
                + (host.snapshot().enabled() ? "enabled" : "disabled") + ", guests on it: " + host.residentGuests()
                + ", update listed: " + (StepProof.isListed(step, host) ? "yes" : "no") + ".";
    }

    private static String advice(StepType type) {
        return switch (type) {
            case DISABLE_HOST -> "Nothing else was done to it.";
            case ENABLE_HOST -> "Enable it when it is ready (xe host-enable); its guests can then come back.";
            case EVACUATE ->
                "A running evacuation can't be cancelled. Move or shut down the guests that are left, or enable the "
                        + "host (xe host-enable).";
            case APPLY_UPDATE -> "Look at the updates of the host (xe update-list) before another job is started.";
            case RESTART_TOOLSTACK ->
                "Guests keep running. Restart the toolstack on its console (xe-toolstack-restart).";
            default ->
                "It is not rebooted again. Look at its console, switch it on if it is off, and enable it when it is back. "
                        + "A host that is gone for good is taken out of its pool with xe host-forget.";
        };
    }
}
