package io.xenpatch.job;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.StepType;
import io.xenpatch.precheck.FixPlan;
import io.xenpatch.xapi.XapiTask;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the server, directly before the host is disabled, whether every guest can leave (P5.3, R37). */
final class AssertEvacuable {

    private static final Duration PACE = Duration.ofMillis(300);

    private AssertEvacuable() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, step.task());
        Optional<Tick> first = Optional.of(UnforeseenFixes.of(slice.pool(), host, look))
                .filter(fixes -> !fixes.isEmpty())
                .flatMap(fixes -> HostFixes.before(slice, host, step, fixes));
        if (first.isPresent()) {
            return first.get();
        }
        if (look.host().isPresent() && look.guests().isEmpty()) {
            return HostWork.done(slice, host, step);
        }
        if (HostWork.tooLong(slice, step)) {
            return HostWork.fail(
                    slice,
                    host,
                    step,
                    Failure.of(
                            "NO_ANSWER",
                            "The pool did not say within "
                                    + JobSettings.words(slice.settings().evacuationCheck()) + " whether host "
                                    + host.name() + " can be evacuated. The host was not disabled."));
        }
        if (look.pool() == null) {
            return HostWork.await(
                    slice, host, step, "the pool to answer", slice.settings().evacuationCheck(), Duration.ofSeconds(2));
        }
        XapiTask task = look.task();
        if (task == null || task.fold(p -> false, s -> false, f -> false, unknown -> true)) {
            XapiTaskRef asked = slice.xapi().hosts().askEvacuationBlockers(host.host());
            Step asking = slice.save(host, step.began(slice.time()).accepted(asked));
            return HostWork.await(
                    slice,
                    slice.pool().hostUpdate(host.host()),
                    asking,
                    "the evacuation check",
                    slice.settings().evacuationCheck(),
                    PACE);
        }
        return task.fold(
                pending -> HostWork.await(
                        slice,
                        host,
                        step,
                        "the evacuation check",
                        slice.settings().evacuationCheck(),
                        PACE),
                answer -> judge(slice, host, step, look, slice.xapi().hosts().evacuationBlockers(answer)),
                failed -> HostWork.fail(
                        slice,
                        host,
                        step,
                        new Failure(
                                "EVACUATION_CHECK_FAILED",
                                "The pool could not say whether host " + host.name()
                                        + " can be evacuated. The host was not disabled.",
                                error(failed))),
                unknown -> Tick.at(slice.time()));
    }

    private static boolean returns(Slice slice, HostUpdate host) {
        return !host.endsDisabled() && !slice.pool().policy().leavesHostsDisabled();
    }

    /** R35: what was planned for this host, and what lets those leave that can't; nothing while anything else is in the way. */
    private static Optional<Tick> fixed(
            Slice slice, HostUpdate host, Step step, HostLook look, Map<VmUuid, List<String>> blockers) {
        return Optional.ofNullable(look.pool())
                .flatMap(pool -> FixPlan.toEmpty(
                        host.host(), blockers, pool, slice.pool().policy()))
                .filter(needed -> returns(slice, host)
                        || needed.stream().noneMatch(fix -> fix.code().interruptsGuest()))
                .flatMap(needed -> HostFixes.before(slice, host, step, needed));
    }

    private static Tick judge(
            Slice slice, HostUpdate host, Step step, HostLook look, Map<VmUuid, List<String>> blockers) {
        Optional<Tick> fixing = fixed(slice, host, step, look, blockers);
        if (fixing.isPresent()) {
            return fixing.get();
        }
        if (blockers.isEmpty()) {
            return HostWork.done(slice, host, step);
        }
        String who = blockers.entrySet().stream()
                .map(entry -> name(look, entry.getKey()) + " (" + String.join(" ", entry.getValue()) + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        Failure why = new Failure(
                Reasons.EVACUATION_BLOCKED,
                "Host " + host.name() + " can't be emptied because of " + who + ". Move or shut down these VMs.",
                blockers.values().iterator().next());
        HostDecision decision = host.decision();
        // R18: only where the live patch is all that is missing
        if (decision == null || !HostSteps.onlyForFailedLivePatch(decision) || host.hasMoreToApply()) {
            return HostWork.fail(slice, host, step, why);
        }
        if (!host.deferred()) {
            boolean away = isAwayForThisJob(host, decision, look);
            slice.save(
                    away
                            ? host.doingFirst(List.of(StepType.ENABLE_HOST), step)
                            : host.with(Step.pending(step.position(), step.type()))
                                    .putOff());
        } else {
            HostUpdate left = host.with(step.skipped(slice.time()))
                    .withoutPendingSteps(slice.time())
                    .failing(why);
            slice.save(left, slice.hostEvent("host-update.reboot-left", host, Map.of("code", why.code())));
        }
        return Tick.at(slice.time());
    }

    /**
     * A host that waits for its reboot serves its pool meanwhile: the next one must not be away beside it (R25), and where its
     * repository changes it begins again like any other (R15).
     */
    private static boolean isAwayForThisJob(HostUpdate host, HostDecision decision, HostLook look) {
        return host.hasDisabled()
                && !host.endsDisabled()
                && HostSteps.mayBeEnabled(decision)
                && look.host().filter(seen -> !seen.enabled()).isPresent();
    }

    private static String name(HostLook look, VmUuid vm) {
        return Optional.ofNullable(look.pool())
                .flatMap(pool -> pool.vm(vm))
                .map(found -> found.name())
                .orElse(vm.toString());
    }

    static List<String> error(XapiTask.Failed failed) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(failed.code()), failed.parameters().stream())
                .toList();
    }
}
