package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.RefusalWords;
import io.xenpatch.plan.SequenceSteps;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host that gets several updates one after the other: what happens between two of them (R11). */
final class SequenceWork {

    private SequenceWork() {}

    /** Whether an update is about to be applied of which the server was not asked yet. */
    static boolean isOnlyPredicted(HostUpdate host, Step step) {
        return host.sequence() != null
                && step.update() != null
                && step.call() == null
                && host.sequence().part(step.update()).predicted();
    }

    /** Asks, and decides again. */
    static Tick decideAgain(Slice slice, HostUpdate host, Step step) {
        PoolUpdate pool = slice.pool();
        UpdateUuid update = Objects.requireNonNull(step.update());
        PoolSnapshot seen = slice.xapi().pool().observe();
        UpdatePolicy policy = policy(host, pool);
        Questions open = pool.questions() == null
                ? Questions.begin(
                        seen,
                        new UpdateChoice.Image(update),
                        Set.of(host.host()),
                        LatestImages.OF_THE_POOL,
                        policy,
                        slice.time())
                : pool.questions();
        Questions asked = open.step(slice.xapi(), seen, slice.packages(), LatestImages.OF_THE_POOL, slice.clock());
        if (!asked.isComplete()) {
            slice.save(pool.asking(asked));
            return Tick.at(slice.time().plus(Prechecking.PACE));
        }
        slice.save(pool.asking(null));
        Optional<HostSnapshot> now = seen.host(host.host());
        boolean isThere = now.filter(known -> !seen.lacks(known, update)).isPresent();
        // what a person applied meanwhile is only looked at
        Answer<LivePatchStatus> answer = isThere
                ? Answer.of(part(host, update).inputs().livePatch())
                : asked.answers().livePatchOf(host.host(), update);
        return answer.fold(
                status -> now.map(known -> decided(
                                slice,
                                host,
                                step,
                                seen,
                                sequence(host).decidedAgain(seen, known, update, status, policy)))
                        .orElseGet(() -> stop(slice, host, step, "The host is no longer in the pool.", List.of())),
                failed -> stop(
                        slice,
                        host,
                        step,
                        refusal(part(host, update), failed.code()),
                        Stream.concat(Stream.of(failed.code()), failed.parameters().stream())
                                .toList()),
                notAsked -> stop(
                        slice,
                        host,
                        step,
                        "The server was not asked about update "
                                + part(host, update).name() + ": " + notAsked.reason() + ".",
                        List.of()));
    }

    private static String refusal(HostSequence.Part part, String code) {
        return code.equals("NO_ANSWER")
                ? "The server did not say in time whether update " + part.name() + " fits."
                : ("The server's precheck says " + code + " of update " + part.name() + ". " + RefusalWords.of(code))
                        .strip();
    }

    private static Tick decided(Slice slice, HostUpdate host, Step step, PoolSnapshot seen, HostSequence again) {
        UpdatePolicy policy = policy(host, slice.pool());
        UpdateUuid update = Objects.requireNonNull(step.update());
        boolean reboots = again.part(update).planned().needs(UpdateTask.REBOOT_HOST);
        if (reboots && policy.livePatching() == LivePatching.REQUIRE) {
            return stop(
                    slice,
                    host,
                    step,
                    "Update " + again.part(update).name()
                            + " would need a reboot, and livePatching REQUIRE forbids it.",
                    List.of());
        }
        boolean emptied = host.isEvacuated()
                || !HostSteps.untilVerified(again.decision(), true, policy).contains(StepType.EVACUATE);
        if (!emptied && seen.haEnabled() && !policy.mayFix(FixCode.HA_OFF)) {
            return stop(
                    slice,
                    host,
                    step,
                    "Update " + again.part(update).name()
                            + " turns out to need the host empty, and high availability is on. Turn it off, then start a job for the"
                            + " rest.",
                    List.of());
        }
        HostUpdate decided = host.deciding(again);
        slice.save(
                emptied ? decided : decided.doingFirst(SequenceSteps.emptying(), step),
                slice.hostEvent(
                        "host-update.decided-again",
                        host,
                        Map.of(
                                "updateUuid",
                                update.value(),
                                "tasks",
                                again.part(update).planned().tasks().stream()
                                        .map(Enum::name)
                                        .toList())));
        return Tick.at(slice.time());
    }

    /** After an apply the truth was read: what follows until the next update, or to the end. */
    static Tick verified(Slice slice, HostUpdate host, Step step, HostLook look, AppliedObservation observed) {
        UpdateUuid update = Objects.requireNonNull(step.update());
        HostSequence sequence = sequence(host).observing(update, observed);
        HostDecision decision = sequence.part(update).decision();
        UpdatePolicy asked = slice.pool().policy();
        boolean failedPatch = HostSteps.onlyForFailedLivePatch(decision);
        Failure stopped = failedPatch ? Verify.stopped(host, look, asked) : null;
        HostUpdate next = host.deciding(sequence).with(step.succeeded(slice.time()));
        next = stopped == null ? next : next.failing(stopped);
        UpdatePolicy policy = policy(next, slice.pool());
        boolean ends = stopped != null && asked.onLivePatchFailure() == OnLivePatchFailure.FAIL;
        next = next.followedByPlanned(
                ends
                        ? SequenceSteps.finished(
                                sequence.until(update), host.isEvacuated(), host.endsDisabled(), policy)
                        : SequenceSteps.afterVerified(
                                sequence, update, host.isEvacuated(), host.endsDisabled(), policy));
        boolean waits = !ends
                && sequence.next(update).isPresent()
                && SequenceSteps.goesOnWith(sequence, update, policy).isEmpty();
        if (waits) {
            next = next.failing(restartFirst(sequence, update));
        }
        PoolUpdate pool = slice.pool().with(next);
        slice.save(
                waits && isCoordinator(look, host) ? pool.settledOn(given(sequence, update, pool)) : pool,
                slice.hostEvent(
                        failedPatch ? "host-update.live-patch-failed" : "host-update.verified",
                        host,
                        Map.of(
                                "updateUuid",
                                update.value(),
                                "tasks",
                                decision.tasks().stream().map(Enum::name).toList())));
        return Tick.at(slice.time());
    }

    /** R8, R34: once a failed live patch's reboot was declined on this host, it stays so. */
    static UpdatePolicy policy(HostUpdate host, PoolUpdate pool) {
        return host.failure() == null ? pool.policy() : pool.policy().withoutRebootAfterFailedLivePatch();
    }

    private static boolean isCoordinator(HostLook look, HostUpdate host) {
        return look.pool() != null && look.pool().coordinator().equals(host.host());
    }

    /** No member gets what its coordinator does not get (R13). */
    private static @Nullable List<UpdateUuid> given(HostSequence sequence, UpdateUuid last, PoolUpdate pool) {
        Set<UpdateUuid> left =
                sequence.updates().stream().map(HostSequence.Part::update).collect(Collectors.toSet());
        sequence.until(last).updates().forEach(part -> left.remove(part.update()));
        return pool.images().stream().filter(update -> !left.contains(update)).toList();
    }

    private static Failure restartFirst(HostSequence sequence, UpdateUuid last) {
        return Failure.of(
                Reasons.RESTART_BEFORE_NEXT_UPDATE,
                "Update " + sequence.part(last).name() + " wants a restart before "
                        + String.join(", ", sequence.namesAfter(last))
                        + " may follow, and in MANUAL mode a person restarts. Restart, then start a new job for the rest.");
    }

    private static Tick stop(Slice slice, HostUpdate host, Step step, String why, List<String> error) {
        return HostWork.fail(slice, host, step, new Failure(Reasons.SEQUENCE_STOPPED, why, error));
    }

    /** Whether a step failed between two updates, so that what the earlier ones left to do can still be carried out. */
    static boolean isBetween(HostUpdate host, Step step) {
        return host.lastVerified().isPresent() && (step.type() == StepType.APPLY_UPDATE || host.hasMoreToApply());
    }

    /** Nothing further is applied on a host, but what was applied is finished: it goes back into service. @param policy before it failed */
    static Tick finishWithoutTheRest(Slice slice, HostUpdate host, UpdatePolicy policy, Failure why) {
        UpdateUuid last = host.lastVerified().orElseThrow();
        HostSequence sequence = sequence(host);
        Failure told = new Failure(
                Reasons.SEQUENCE_STOPPED,
                why.detail() + " Not applied on host " + host.name() + ": "
                        + String.join(", ", sequence.namesAfter(last))
                        + ". The updates before them are installed and finished as the request says; no further host starts.",
                why.xapiError());
        HostUpdate stopped = host.withoutPendingSteps(slice.time()).failing(told);
        slice.save(
                stopped.followedByPlanned(
                        SequenceSteps.finished(sequence.until(last), host.isEvacuated(), host.endsDisabled(), policy)),
                slice.hostEvent("host-update.sequence-stopped", host, Map.of("code", why.code())));
        return Tick.at(slice.time());
    }

    private static HostSequence sequence(HostUpdate host) {
        return Objects.requireNonNull(host.sequence());
    }

    private static HostSequence.Part part(HostUpdate host, UpdateUuid update) {
        return sequence(host).part(update);
    }
}
