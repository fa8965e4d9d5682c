package io.xenpatch.plan;

import io.xenpatch.plan.RecoveryDecision.Done;
import io.xenpatch.plan.RecoveryDecision.Repeat;
import io.xenpatch.plan.RecoveryDecision.Wait;
import io.xenpatch.plan.StepSituation.HostNow;
import java.time.Duration;
import java.time.Instant;

/** The order in which a step found RUNNING is judged: done, in flight, away, failed, without a trace. */
final class Recovery {

    private Recovery() {}

    static RecoveryDecision decide(StepSituation step) {
        HostNow host = step.host();
        if (host == null) {
            return await(step, "the pool to answer");
        }
        if (StepProof.isDone(step, host)) {
            return new Done(StepProof.note(step, host));
        }
        if (isInFlight(step, host)) {
            return await(step, step.type() + " on host " + step.hostName() + " to end");
        }
        if (host.isAway()) {
            return await(step, "host " + step.hostName() + " to come back");
        }
        if (step.certainlyNotHappened()) {
            return unsent(step, host);
        }
        return step.failure().map(failed -> failed(step, host, failed)).orElseGet(() -> withoutTrace(step, host));
    }

    /** Never repeated, whatever the time (ARCHITECTURE "in flight"). */
    private static boolean isInFlight(StepSituation step, HostNow host) {
        boolean mayBeOnItsWay = !step.certainlyNotHappened()
                && step.failure().isEmpty()
                && step.sinceIntent().compareTo(step.limits().settle()) < 0;
        return step.task().isAlive() || step.otherTask() || StepProof.isBusy(step, host) || mayBeOnItsWay;
    }

    private static RecoveryDecision unsent(StepSituation step, HostNow host) {
        if (step.type() == StepType.REBOOT && host.residentGuests() > 0) {
            return RecoveryFailure.of(step, "HOST_NOT_EMPTY", "It was not told to reboot, because guests run on it.");
        }
        if (step.type() == StepType.REBOOT && host.snapshot().enabled()) {
            return RecoveryFailure.of(
                    step, "HOST_NOT_DISABLED", "It was not told to reboot, because somebody enabled it.");
        }
        if (!step.now().isBefore(step.waitsUntil())) {
            return RecoveryFailure.timedOut(step);
        }
        return step.attempts() <= step.limits().callsAtOnce() ? new Repeat() : repeatInTime(step);
    }

    private static RecoveryDecision failed(StepSituation step, HostNow host, TaskFate.Failed failed) {
        if (failed.isCancel()) {
            return RecoveryFailure.of(step, "TASK_CANCELLED", "Somebody cancelled its task in the pool.");
        }
        if (failed.isPassing() && step.type() == StepType.REBOOT) {
            return withoutTrace(step, host);
        }
        boolean enabling = step.type() == StepType.ENABLE_HOST;
        Duration passing = enabling ? step.limits().enable() : busy(step);
        if (failed.isPassing() && step.sinceFirstIntent().compareTo(passing) < 0) {
            return repeatInTime(step);
        }
        return step.type() == StepType.EVACUATE
                        && step.attempts() < step.limits().evacuations()
                ? repeatInTime(step)
                : RecoveryFailure.refused(step, failed);
    }

    /** R12: what runs in the updater plugin may be the very update whose answer was lost. */
    private static Duration busy(StepSituation step) {
        return step.content() instanceof UpdateContent.Packages
                ? step.limits().apply()
                : step.limits().busy();
    }

    /** No task, no operation, the host is there, and time enough has passed for the call to show. */
    private static RecoveryDecision withoutTrace(StepSituation step, HostNow host) {
        return switch (step.type()) {
            case EVACUATE ->
                step.attempts() < step.limits().evacuations() ? repeatInTime(step) : RecoveryFailure.timedOut(step);
            case APPLY_UPDATE -> apply(step);
            case RESTART_TOOLSTACK ->
                step.attempts() < 2 && host.answers()
                        ? new Repeat()
                        : await(step, "the toolstack of host " + step.hostName() + " to restart");
            case REBOOT ->
                StepProof.rebootDidNotHappen(step, host)
                        ? new Repeat()
                        : await(step, "host " + step.hostName() + " to reboot");
            default -> step.now().isBefore(step.waitsUntil()) ? repeatInTime(step) : RecoveryFailure.timedOut(step);
        };
    }

    /** R22: once more, not before five quiet minutes. */
    private static RecoveryDecision apply(StepSituation step) {
        Instant quietUntil = step.intentAt().plus(step.limits().applyQuiet());
        if (step.now().isBefore(quietUntil)) {
            return new Wait("the outcome of the apply on host " + step.hostName(), quietUntil);
        }
        return step.attempts() < 2 ? new Repeat() : RecoveryFailure.timedOut(step);
    }

    private static RecoveryDecision repeatInTime(StepSituation step) {
        Instant next = step.intentAt().plus(step.limits().again());
        return step.now().isBefore(next)
                ? new Wait("host " + step.hostName() + " to accept " + step.type(), next)
                : new Repeat();
    }

    private static RecoveryDecision await(StepSituation step, String what) {
        return step.now().isBefore(step.waitsUntil())
                ? new Wait(what, step.waitsUntil())
                : RecoveryFailure.timedOut(step);
    }
}
