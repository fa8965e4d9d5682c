package io.xenpatch.job;

import io.xenpatch.assessment.Questions;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.precheck.Judgement;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Directly before a host starts: ask again, decide again, judge again (P5.3). */
final class HostStart {

    private static final String RESTART_PENDING = "COORDINATOR_RESTART_PENDING";

    private static final Set<String> COORDINATOR_IS_OLDER =
            Set.of("COORDINATOR_NOT_INCLUDED", "COORDINATOR_MUST_BE_FIRST");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** Codes of rows that may be gone without anybody doing anything. */
    private static final Set<String> PASSES = Set.of(
            "HOST_NOT_LIVE",
            "HOST_OFFLINE",
            "CLUSTER_HOST_MISSING",
            "NO_ANSWER",
            "OPERATION_IN_PROGRESS",
            "OTHER_OPERATION_IN_PROGRESS",
            "TASKS_IN_PROGRESS",
            "UPDATER_PLUGIN_BUSY");

    private HostStart() {}

    static Tick slice(Slice slice, HostUpdate host) {
        Optional<Tick> fixing = FixMaking.slice(slice, PlanFixes::precedesHost);
        if (fixing.isPresent()) {
            return fixing.get();
        }
        PoolUpdate pool = slice.pool();
        UpdatePolicy policy = pool.policy().withoutAddingTheCoordinator();
        Set<HostUuid> only = Set.of(host.host());
        PoolSnapshot seen = slice.xapi().pool().observe();
        Optional<HostUpdate> first = newCoordinator(pool, seen.coordinator(), host);
        if (first.isPresent()) {
            return slice(slice, first.get());
        }
        Questions known = pool.questions();
        // whoever was asked about is no longer next when the pool got another coordinator
        Questions open = known == null || !known.targets().equals(List.of(host.host()))
                ? Questions.begin(seen, pool.choice(), only, slice.latest(), policy, slice.time())
                : known;
        Questions asked = open.step(slice.xapi(), seen, slice.packages(), slice.latest(), slice.clock());
        if (!asked.isComplete()) {
            slice.save(pool.asking(asked));
            return Tick.at(slice.time().plus(Prechecking.PACE));
        }
        Judgement judgement = Judgement.of(
                seen, pool.choice(), only, asked.answers(), slice.latest(), policy, slice.time(), null, slice.limits());
        slice.save(pool.asking(null));
        Optional<String> offered = offered(asked);
        if (Replanning.isNeeded(pool, offered)) {
            if (Replanning.isAllowed(pool)) {
                return Replanning.begin(slice);
            }
            Rolling.skip(slice, host, Replanning.stopped(host, pool, offered));
            return Tick.at(slice.time());
        }
        boolean waitsForCoordinator = seen.channel() != Channel.POOL_UPDATE
                && pool.choice().image().isEmpty()
                && !leftForAFailedLivePatch(pool, seen.coordinator());
        List<PrecheckRow> blocking = judgement.rows().stream()
                .filter(PrecheckRow::isBlocking)
                // with images a member goes on although this job left a restart on the coordinator (R28, R32); so was
                // judged at the start
                .filter(row -> waitsForCoordinator || !row.code().equals(RESTART_PENDING))
                .toList();
        HostPlan plan = judgement.plan().hosts().get(0);
        Optional<PrecheckRow> owing = blocking.stream()
                .filter(row -> row.code().equals(RESTART_PENDING))
                .findFirst();
        if (owing.isPresent() && anyHostIsDone(pool)) {
            Rolling.skip(slice, host, Prechecking.blockedBy(List.of(owing.get())));
            return Tick.at(slice.time());
        }
        if (plan.evacuates() && leftDisabled(pool).isPresent()) {
            Rolling.skip(slice, host, exhausted(host, leftDisabled(pool).get()));
            return Tick.at(slice.time());
        }
        Optional<Tick> later = heldUp(slice, host, blocking);
        if (later.isPresent()) {
            return later.get();
        }
        if (lacksItsCoordinator(pool, blocking, seen.coordinator())) {
            Rolling.skip(slice, host, coordinatorSkipped(host));
            return Tick.at(slice.time());
        }
        if (!blocking.isEmpty()) {
            return blocked(slice, host, Prechecking.blockedBy(blocking), seen.coordinator());
        }
        List<KeptFix> inVain = PlanFixes.inVain(slice.pool(), judgement);
        if (!inVain.isEmpty()) {
            return blocked(
                    slice,
                    host,
                    HostFixes.failure(inVain, "Host " + host.name() + " is untouched."),
                    seen.coordinator());
        }
        PoolUpdate fixed = PlanFixes.forHost(slice.pool(), judgement);
        slice.save(fixed);
        if (fixed.fixes().stream().anyMatch(fix -> fix.state() == FixState.PLANNED && PlanFixes.precedesHost(fix))) {
            return Tick.at(slice.time());
        }
        if (plan.applies() && pool.choice().isFromRepository() && seen.channel() == Channel.REPOSITORY) {
            slice.save(slice.pool().pinnedTo(offered.orElseThrow()));
        }
        return begin(slice, host, plan);
    }

    /** R13: the pool may have got another coordinator since it was planned; that one is first then, if it is still to come. */
    private static Optional<HostUpdate> newCoordinator(PoolUpdate pool, HostUuid coordinator, HostUpdate next) {
        return pool.hosts().stream()
                .filter(host -> host.host().equals(coordinator)
                        && host.state() == HostUpdateState.PENDING
                        && !host.host().equals(next.host()))
                .findFirst();
    }

    /** What stands in the way may be over in a moment: a toolstack that restarts, somebody's task. @return empty = judge as it is */
    private static Optional<Tick> heldUp(Slice slice, HostUpdate host, List<PrecheckRow> blocking) {
        Instant now = slice.time();
        Instant known = slice.pool().heldUpSince();
        boolean passes = blocking.stream().map(PrecheckRow::code).anyMatch(PASSES::contains);
        if (!passes
                || known != null && !now.isBefore(known.plus(slice.settings().heldUp()))) {
            if (known != null) {
                slice.save(slice.pool().heldUp(null));
            }
            return Optional.empty();
        }
        if (known == null) {
            slice.save(
                    slice.pool().heldUp(now),
                    slice.hostEvent(
                            "host-update.held-up",
                            host,
                            Map.of(
                                    "codes",
                                    blocking.stream()
                                            .map(PrecheckRow::code)
                                            .distinct()
                                            .toList())));
        }
        return Optional.of(Tick.at(now.plus(LOOK_AGAIN)));
    }

    private static Optional<String> offered(Questions asked) {
        return asked.answers()
                .updates()
                .fold(updates -> Optional.of(updates.hash()), failed -> Optional.empty(), notAsked -> Optional.empty());
    }

    /** R18: the reboot that a failed live patch left on the coordinator does not keep the members from going on. */
    private static boolean leftForAFailedLivePatch(PoolUpdate pool, HostUuid coordinator) {
        return pool.hosts().stream()
                .filter(host -> host.host().equals(coordinator) && host.state() == HostUpdateState.SUCCEEDED)
                .map(HostUpdate::decision)
                .anyMatch(decision -> decision != null && HostSteps.onlyForFailedLivePatch(decision));
    }

    /** R13: a coordinator that was left out and lacks the update takes its members with it. */
    private static boolean lacksItsCoordinator(PoolUpdate pool, List<PrecheckRow> blocking, HostUuid coordinator) {
        boolean lacks = blocking.stream().map(PrecheckRow::code).anyMatch(COORDINATOR_IS_OLDER::contains);
        return lacks
                && pool.hosts().stream()
                        .anyMatch(host -> host.host().equals(coordinator) && host.state() == HostUpdateState.SKIPPED);
    }

    private static Failure coordinatorSkipped(HostUpdate host) {
        return Failure.of(
                Reasons.COORDINATOR_SKIPPED,
                "The pool's coordinator was left out and lacks the update, so host " + host.name()
                        + " was not started: it is untouched.");
    }

    private static boolean anyHostIsDone(PoolUpdate pool) {
        return pool.hosts().stream().anyMatch(host -> host.state() == HostUpdateState.SUCCEEDED);
    }

    /** A host that this job leaves disabled for a person, as it was asked to: no other may leave the pool beside it (R28). */
    private static Optional<HostUpdate> leftDisabled(PoolUpdate pool) {
        return pool.policy().mode() == Mode.MANUAL && pool.policy().leaveDisabled()
                ? pool.hosts().stream()
                        .filter(done -> done.state() == HostUpdateState.SUCCEEDED)
                        .filter(done -> done.step(StepType.DISABLE_HOST).isPresent()
                                && done.step(StepType.ENABLE_HOST).isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private static Failure exhausted(HostUpdate host, HostUpdate away) {
        return Failure.of(
                "CAPACITY_EXHAUSTED",
                "Host " + away.name()
                        + " stays disabled until a person has restarted it, as leaveDisabled says, and host "
                        + host.name() + " must not leave the pool beside it: it is untouched. Start a new job when "
                        + away.name() + " is back in service.");
    }

    private static Tick blocked(Slice slice, HostUpdate host, Failure why, HostUuid coordinator) {
        if (slice.pool().policy().onBlocker() == OnBlocker.SKIP_HOST
                && !host.host().equals(coordinator)) {
            Rolling.skip(slice, host, why);
        } else {
            fail(slice, host, why);
        }
        return Tick.at(slice.time());
    }

    /** A host that has not begun. */
    static Tick fail(Slice slice, HostUpdate host, Failure why) {
        HostUpdate begun = host.ended(HostUpdateState.IN_PROGRESS, null, null, slice.time());
        slice.save(
                begun.ended(HostUpdateState.FAILED, null, why, slice.time()),
                slice.hostEvent("host-update.failed", host, Map.of("code", why.code())));
        return Tick.at(slice.time());
    }

    private static Tick begin(Slice slice, HostUpdate host, HostPlan plan) {
        HostUpdate begun = host.begun(plan, plan.untilVerified(slice.pool().policy()), slice.time());
        slice.save(
                begun,
                slice.hostEvent(
                        "host-update.started",
                        host,
                        Map.of(
                                "tasks",
                                plan.decision().tasks().stream().map(Enum::name).toList(),
                                "reasons",
                                plan.decision().reasons().stream()
                                        .map(reason -> reason.code().name())
                                        .toList())));
        return Tick.at(slice.time());
    }
}
