package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xapi.XapiTaskRecord;
import io.xenpatch.xen.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a step found RUNNING by what is the case: the recovery table of ARCHITECTURE, R20, R21, R22. */
final class Recovering {

    /** After it a step fails; the longest is an evacuation. */
    static final Duration LONGEST = Duration.ofHours(4);

    private static final Duration RETURN = Duration.ofMinutes(30);
    private static final Duration ENABLE = Duration.ofMinutes(10);
    private static final Duration CALL_AND_SETTLE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_ENABLES = Duration.ofSeconds(5);
    private static final Duration APPLY_QUIET = Duration.ofMinutes(5);
    private static final Duration REBOOT_QUIET = Duration.ofMinutes(15);
    private static final int EVACUATIONS = 3;
    private static final Set<String> PASSING = Set.of("HOST_STILL_BOOTING", "OTHER_OPERATION_IN_PROGRESS");

    private Recovering() {}

    static Verdict decide(Slice slice, HostUpdate host, Step step, HostLook look) {
        Duration since = Duration.between(step.intentAt() == null ? slice.time() : step.intentAt(), slice.time());
        HostSnapshot seen = look.host().orElse(null);
        if (seen == null) {
            return waitWithin(limit(step.type()), since, host, step, "the pool to answer");
        }
        if (isDone(step, seen, look, slice)) {
            return new Verdict.Done();
        }
        XapiTask task = look.task();
        if (task != null && !task.isFinished() || seen.isBusyWith(operation(step.type()))) {
            return waitWithin(limit(step.type()), since, host, step, words(step.type()) + " on host " + host.name());
        }
        if (task instanceof XapiTask.Failed failed) {
            return failed(step, failed, since, host);
        }
        boolean notHappened = step.call() == CallFate.NOT_HAPPENED;
        if (!notHappened && since.compareTo(CALL_AND_SETTLE) < 0) {
            return new Verdict.Wait(words(step.type()) + " on host " + host.name());
        }
        return settled(slice, host, step, look, seen, since, notHappened);
    }

    private static boolean isDone(Step step, HostSnapshot seen, HostLook look, Slice slice) {
        Before before = step.before();
        return switch (step.type()) {
            case DISABLE_HOST -> !seen.enabled();
            case ENABLE_HOST -> seen.enabled();
            case EVACUATE ->
                look.guests().isEmpty()
                        && !seen.isBusyWith("evacuate")
                        && (look.task() == null || look.task().isFinished());
            case APPLY_UPDATE ->
                seen.appliedUpdates().contains(slice.pool().update())
                        && (look.task() == null || look.task().isFinished());
            case RESTART_TOOLSTACK ->
                isLater(seen.toolstackStartedAt(), before == null ? null : before.toolstackStartedAt());
            case REBOOT -> isLater(seen.bootedAt(), before == null ? null : before.bootedAt());
            default -> false;
        };
    }

    private static boolean isLater(@Nullable Instant now, @Nullable Instant then) {
        // without a time from before, no time proves a restart (R20)
        return now != null && then != null && now.isAfter(then);
    }

    private static Verdict failed(Step step, XapiTask.Failed failed, Duration since, HostUpdate host) {
        if (PASSING.contains(failed.code()) && since.compareTo(BETWEEN_ENABLES) < 0) {
            return new Verdict.Wait("host " + host.name() + " to take " + step.type());
        }
        Duration whole = step.startedAt() == null || step.intentAt() == null
                ? since
                : Duration.between(step.startedAt(), step.intentAt()).plus(since);
        if (PASSING.contains(failed.code()) && whole.compareTo(ENABLE) < 0) {
            return new Verdict.Repeat();
        }
        if (step.type() == StepType.EVACUATE && step.attempts() < EVACUATIONS) {
            return new Verdict.Repeat();
        }
        return new Verdict.Fail(
                step.type() + "_FAILED", state(step.type(), host) + " The pool says " + failed.code() + ".");
    }

    /** No task, no operation, and time enough has passed for the call to show. */
    private static Verdict settled(
            Slice slice,
            HostUpdate host,
            Step step,
            HostLook look,
            HostSnapshot seen,
            Duration since,
            boolean notHappened) {
        if (!notHappened && taskExists(slice, step)) {
            return waitWithin(limit(step.type()), since, host, step, "a task of " + step.type());
        }
        return switch (step.type()) {
            case DISABLE_HOST, ENABLE_HOST, EVACUATE ->
                step.attempts() < 100
                        ? new Verdict.Repeat()
                        : new Verdict.Fail(step.type() + "_FAILED", state(step.type(), host));
            case RESTART_TOOLSTACK ->
                notHappened || step.attempts() < 2 && seen.live() && since.compareTo(Duration.ofMinutes(5)) > 0
                        ? new Verdict.Repeat()
                        : waitWithin(limit(step.type()), since, host, step, "the toolstack of host " + host.name());
            case APPLY_UPDATE -> apply(host, step, seen, since, notHappened);
            default -> reboot(slice, host, step, look, seen, since, notHappened);
        };
    }

    /** R22: repeated once, not before five quiet minutes. */
    private static Verdict apply(HostUpdate host, Step step, HostSnapshot seen, Duration since, boolean notHappened) {
        if (notHappened && step.attempts() < 4) {
            return new Verdict.Repeat();
        }
        if (!seen.live() || since.compareTo(APPLY_QUIET) < 0) {
            return new Verdict.Wait("the outcome of the apply on host " + host.name());
        }
        return step.attempts() < 2
                ? new Verdict.Repeat()
                : new Verdict.Fail("APPLY_OUTCOME_UNKNOWN", state(step.type(), host));
    }

    /** R21: almost always wait; once more only when it is proved that nothing happened. */
    private static Verdict reboot(
            Slice slice,
            HostUpdate host,
            Step step,
            HostLook look,
            HostSnapshot seen,
            Duration since,
            boolean notHappened) {
        if (notHappened && step.attempts() < 4) {
            return new Verdict.Repeat();
        }
        boolean goingDown = seen.isBusyWith("reboot") || seen.isBusyWith("shutdown") || !seen.live();
        boolean provedNotHappened = !goingDown
                && since.compareTo(REBOOT_QUIET) >= 0
                && step.attempts() < 2
                && !seen.enabled()
                && look.guests().isEmpty()
                && look.answers(slice);
        return provedNotHappened
                ? new Verdict.Repeat()
                : waitWithin(limit(step.type()), since, host, step, "host " + host.name() + " to come back");
    }

    private static boolean taskExists(Slice slice, Step step) {
        Before before = step.before();
        Instant then = before == null || before.serverTime() == null ? null : before.serverTime();
        return slice.xapi().tasks().all().stream()
                .filter(task -> !task.state().isFinished())
                .filter(task -> task.name().equals("Async." + message(step.type())))
                .map(XapiTaskRecord::createdAt)
                .anyMatch(created -> then == null || !created.isBefore(then.minusSeconds(2)));
    }

    private static Verdict waitWithin(Duration limit, Duration since, HostUpdate host, Step step, String what) {
        return since.compareTo(limit) < 0
                ? new Verdict.Wait(what)
                : new Verdict.Fail(
                        step.type() == StepType.REBOOT ? "HOST_DID_NOT_RETURN" : step.type() + "_TIMED_OUT",
                        state(step.type(), host));
    }

    private static String state(StepType type, HostUpdate host) {
        String name = "Host " + host.name();
        return switch (type) {
            case DISABLE_HOST -> name + " could not be disabled; nothing was changed on it.";
            case ENABLE_HOST ->
                name + " is updated and restarted where needed, but disabled. Enable it (xe host-enable).";
            case EVACUATE ->
                name + " could not be emptied; the update was not applied. VMs that moved are brought back.";
            case APPLY_UPDATE ->
                name + " may or may not have the update. Look at it with xe update-list before you start another job.";
            case RESTART_TOOLSTACK ->
                name
                        + " has the update; its toolstack was told to restart and is not back. VMs keep running. Look at it "
                        + "with xe-toolstack-restart on its console.";
            default ->
                name
                        + " has the update, is disabled and empty, was told to reboot and is not back. Look at its console; "
                        + "switch it on if it is off. It is not rebooted again.";
        };
    }

    private static String words(StepType type) {
        return message(type);
    }

    private static String message(StepType type) {
        return switch (type) {
            case DISABLE_HOST -> "host.disable";
            case ENABLE_HOST -> "host.enable";
            case EVACUATE -> "host.evacuate";
            case APPLY_UPDATE -> "pool_update.apply";
            case RESTART_TOOLSTACK -> "host.restart_agent";
            default -> "host.reboot";
        };
    }

    private static String operation(StepType type) {
        return switch (type) {
            case EVACUATE -> "evacuate";
            case REBOOT -> "reboot";
            default -> "none";
        };
    }

    private static Duration limit(StepType type) {
        return switch (type) {
            case DISABLE_HOST, RESTART_TOOLSTACK -> Duration.ofMinutes(10);
            case ENABLE_HOST -> ENABLE;
            case EVACUATE -> LONGEST;
            case APPLY_UPDATE -> Duration.ofHours(1);
            default -> RETURN;
        };
    }
}
