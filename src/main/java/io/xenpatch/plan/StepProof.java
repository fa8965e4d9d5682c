package io.xenpatch.plan;

import io.xenpatch.plan.StepSituation.HostNow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a host shows of a step's call: that it is done, that it goes on, that it never began. */
final class StepProof {

    private StepProof() {}

    static boolean isDone(StepSituation step, HostNow host) {
        return switch (step.type()) {
            case DISABLE_HOST -> !host.snapshot().enabled();
            case ENABLE_HOST -> host.snapshot().enabled();
            case EVACUATE -> host.residentGuests() == 0 && !step.task().isAlive() && !isBusy(step, host);
            case APPLY_UPDATE -> !isUnderWay(step, host) && isApplied(step, host);
            case RESTART_TOOLSTACK ->
                isLater(host.snapshot().toolstackStartedAt(), step.before().toolstackStartedAt(), step.intentAt());
            case REBOOT -> isLater(host.snapshot().bootedAt(), step.before().bootedAt(), step.intentAt());
            default -> false;
        };
    }

    /** What proves it, for the history. */
    static String note(StepSituation step, HostNow host) {
        return switch (step.type()) {
            case DISABLE_HOST -> "The host is disabled.";
            case ENABLE_HOST -> "The host is enabled.";
            case EVACUATE -> "No guest is on the host.";
            case RESTART_TOOLSTACK ->
                "The toolstack started at " + host.snapshot().toolstackStartedAt() + ".";
            case REBOOT -> "The host booted at " + host.snapshot().bootedAt() + ".";
            default -> isListed(step, host) ? "The host lists the update." : "The server says UPDATE_ALREADY_APPLIED.";
        };
    }

    static boolean isListed(StepSituation step, HostNow host) {
        return step.isApplied(host.snapshot());
    }

    /** The operations that XAPI shows for the step's call. */
    static boolean isBusy(StepSituation step, HostNow host) {
        return switch (step.type()) {
            case EVACUATE -> host.snapshot().isBusyWith("evacuate");
            case APPLY_UPDATE -> host.snapshot().isBusyWith("apply_updates");
            case ENABLE_HOST -> host.snapshot().isBusyWith("enable");
            case REBOOT -> host.isGoingDown();
            default -> false;
        };
    }

    /** R21, all of it; and once only. */
    static boolean rebootDidNotHappen(StepSituation step, HostNow host) {
        return step.attempts() < 2
                && step.sinceIntent().compareTo(step.limits().rebootQuiet()) >= 0
                && !step.task().isAlive()
                && !step.otherTask()
                && !host.isAway()
                && host.answers()
                && !host.snapshot().enabled()
                && host.residentGuests() == 0;
    }

    /** R22: these come before the question whether the update is there. */
    private static boolean isUnderWay(StepSituation step, HostNow host) {
        return step.task().isAlive() || isBusy(step, host) || !host.snapshot().live();
    }

    private static boolean isApplied(StepSituation step, HostNow host) {
        boolean succeeded = step.task() instanceof TaskFate.Succeeded;
        return isListed(step, host)
                || succeeded && step.content() != null && step.content().isProvedByItsTask()
                || step.failure()
                        .filter(failed -> failed.code().equals("UPDATE_ALREADY_APPLIED"))
                        .isPresent();
    }

    /** Where the server did not say it before, only a time after the intent proves anything (R20). */
    private static boolean isLater(@Nullable Instant now, @Nullable Instant before, Instant intentAt) {
        return now != null && now.isAfter(before == null ? intentAt : before);
    }
}
