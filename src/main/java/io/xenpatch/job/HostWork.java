package io.xenpatch.job;

import io.xenpatch.plan.StepType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The next slice of a host that has begun. */
final class HostWork {

    private HostWork() {}

    static Tick slice(Slice slice, HostUpdate host) {
        if (slice.pool().state() == PoolUpdateState.CANCELLING && mayTurnBack(host)) {
            return turnBack(
                    slice, host, Failure.of("CANCELLED", "The job was cancelled before the update was applied here."));
        }
        Optional<Step> next = host.nextStep();
        return next.isPresent() ? step(slice, host, next.get()) : finish(slice, host);
    }

    private static Tick step(Slice slice, HostUpdate host, Step step) {
        return switch (step.type()) {
            case ASSERT_EVACUABLE -> AssertEvacuable.slice(slice, host, step);
            case FIX -> HostFixes.make(slice, host, step);
            case REVERT -> HostFixes.revert(slice, host, step);
            case APPLY_UPDATE ->
                SequenceWork.isOnlyPredicted(host, step)
                        ? SequenceWork.decideAgain(slice, host, step)
                        : CallStep.slice(slice, host, step);
            case DISABLE_HOST, ENABLE_HOST, EVACUATE, RESTART_TOOLSTACK, REBOOT -> CallStep.slice(slice, host, step);
            case VERIFY -> Verify.slice(slice, host, step);
            case AWAIT_HOST_LIVE -> AwaitHostLive.slice(slice, host, step);
            case AWAIT_STORAGE -> AwaitStorage.slice(slice, host, step);
            case RESTORE_VMS -> RestoreVms.slice(slice, host, step);
        };
    }

    /** Before the apply nothing is lost by going back; a running evacuation is waited for, because it can't be cancelled (R29). */
    static boolean mayTurnBack(HostUpdate host) {
        boolean evacuating = host.steps().stream()
                .anyMatch(step -> step.type() == StepType.EVACUATE && step.state() == StepState.RUNNING);
        return host.failure() == null && !Rolling.hasApplied(host) && !evacuating;
    }

    /** Ends a host before its apply: what this job disabled is enabled again and its guests come home. */
    static Tick turnBack(Slice slice, HostUpdate host, Failure why) {
        HostUpdate stopped = host.withoutPendingSteps(slice.time()).failing(why);
        if (host.hasDisabled() && !host.endsDisabled()) {
            stopped = stopped.followedBy(List.of(StepType.ENABLE_HOST, StepType.RESTORE_VMS));
        }
        slice.save(stopped, slice.hostEvent("host-update.turned-back", host, Map.of("code", why.code())));
        return Tick.at(slice.time());
    }

    private static Tick finish(Slice slice, HostUpdate host) {
        Instant now = slice.time();
        if (HostFixes.areLeft(slice.pool(), host)) {
            slice.save(host.followedBy(List.of(StepType.REVERT)));
            return Tick.at(now);
        }
        Failure why = host.failure();
        if (why != null && why.code().equals(Reasons.UPDATES_CHANGED) && Replanning.isAllowed(slice.pool())) {
            return Replanning.begin(slice);
        }
        if (why != null && Set.of("CANCELLED", Reasons.SKIPPED_ON_REQUEST).contains(why.code())) {
            slice.save(
                    host.ended(HostUpdateState.SKIPPED, null, why, now),
                    slice.hostEvent("host-update.skipped", host, Map.of("code", why.code())));
        } else if (why != null && !Reasons.LEAVES_WORK.contains(why.code())) {
            slice.save(
                    host.ended(HostUpdateState.FAILED, null, why, now),
                    slice.hostEvent("host-update.failed", host, Map.of("code", why.code(), "detail", why.detail())));
        } else {
            HostOutcome outcome = Outcomes.of(host);
            slice.save(
                    host.ended(HostUpdateState.SUCCEEDED, outcome, null, now),
                    slice.hostEvent("host-update.succeeded", host, Map.of("outcome", outcome.name())));
        }
        return Tick.at(now);
    }

    /**
     * A step failed. Up to the apply the host goes back into service as it was; later it is left as it is, because nobody knows
     * better than a person what it needs (P5.8).
     */
    static Tick fail(Slice slice, HostUpdate host, Step step, Failure why) {
        Instant now = slice.time();
        slice.save(
                host.with(step.failed(now, why)).failing(why),
                slice.hostEvent("step.failed", host, Map.of("step", step.type().name(), "code", why.code())));
        HostUpdate saved = slice.pool().hostUpdate(host.host());
        if (Applied.isOutdated(step, why)) {
            // turned back first; then it is planned again, or ends
            return turnBack(slice, saved, Replanning.stopped(host, slice.pool(), Optional.empty()));
        }
        boolean early = List.of(
                        StepType.FIX,
                        StepType.ASSERT_EVACUABLE,
                        StepType.DISABLE_HOST,
                        StepType.EVACUATE,
                        StepType.APPLY_UPDATE)
                .contains(step.type());
        boolean onceMore = host.steps().stream().anyMatch(done -> done.isDone(StepType.VERIFY));
        if (early && !onceMore && !Applied.isHalfDone(slice.pool(), host, step, why)) {
            return turnBack(slice, saved, why);
        }
        if (early && SequenceWork.isBetween(saved, step)) {
            return SequenceWork.finishWithoutTheRest(slice, saved, SequenceWork.policy(host, slice.pool()), why);
        }
        slice.save(saved.withoutPendingSteps(now));
        return Tick.at(now);
    }

    static Tick done(Slice slice, HostUpdate host, Step step) {
        slice.save(host, step.succeeded(slice.time()), event(slice, host, step, "step.succeeded"));
        return Tick.at(slice.time());
    }

    static Tick skipped(Slice slice, HostUpdate host, Step step) {
        slice.save(host, step.skipped(slice.time()), event(slice, host, step, "step.skipped"));
        return Tick.at(slice.time());
    }

    /** Keeps waiting; the row says what for. The limit counts from the first time. */
    static Tick await(Slice slice, HostUpdate host, Step step, String what, Duration limit, Duration again) {
        Waiting known = step.waiting();
        return awaitUntil(slice, host, step, what, known == null ? slice.time().plus(limit) : known.limit(), again);
    }

    /** Keeps waiting until a moment that somebody else judges. */
    static Tick awaitUntil(Slice slice, HostUpdate host, Step step, String what, Instant end, Duration again) {
        Instant now = slice.time();
        Waiting known = step.waiting();
        Instant since = known == null ? now : known.since();
        slice.save(host, step.began(now).waitingFor(new Waiting(what, since, end, now.plus(again))));
        return Tick.at(now.plus(again));
    }

    static boolean tooLong(Slice slice, Step step) {
        Waiting waiting = step.waiting();
        return waiting != null && !slice.time().isBefore(waiting.limit());
    }

    private static io.xenpatch.eventlog.NewEvent event(Slice slice, HostUpdate host, Step step, String type) {
        return slice.hostEvent(type, host, Map.of("step", step.type().name()));
    }
}
