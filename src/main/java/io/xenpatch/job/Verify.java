package io.xenpatch.job;

import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.Guest;
import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.HostSteps;
import io.xenpatch.plan.Observation;
import io.xenpatch.plan.PackageObservation;
import io.xenpatch.plan.RepositoryObservation;
import io.xenpatch.plan.RepositoryObservation.GuestLeft;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.xen.HostSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** After the apply the truth is read again and decided once more (P1.5, R5). */
final class Verify {

    private Verify() {}

    static Tick slice(Slice slice, HostUpdate host, Step step) {
        HostLook look = HostLook.of(slice, host, null);
        Optional<HostSnapshot> seen = look.host();
        boolean visible =
                seen.isPresent() && (!host.applies() || Applied.isThere(slice.pool(), host, step, seen.get()));
        if (!visible) {
            return HostWork.tooLong(slice, step)
                    ? HostWork.fail(
                            slice,
                            host,
                            step,
                            Failure.of(
                                    "APPLY_NOT_VISIBLE",
                                    "Host " + host.name()
                                            + " does not list the update "
                                            + JobSettings.words(slice.settings().applyVisible())
                                            + " after it was applied. Look at its "
                                            + "state before you do anything with it; it is left as it is."))
                    : HostWork.await(
                            slice,
                            host,
                            step,
                            "the host to report the update",
                            slice.settings().applyVisible(),
                            Duration.ofSeconds(2));
        }
        return decide(slice, host, step, look, seen.get());
    }

    private static Tick decide(Slice slice, HostUpdate host, Step step, HostLook look, HostSnapshot seen) {
        if (step.update() != null) {
            boolean waits = seen.updatesRequiringReboot().contains(step.update());
            return SequenceWork.verified(
                    slice, host, step, look, new AppliedObservation(waits, rebooted(host, step, seen)));
        }
        HostDecision planned = Objects.requireNonNull(host.planned());
        Observation observation = observation(slice, host, step, planned, look, seen);
        HostDecision decision = observation.decide(planned);
        if (observation instanceof PackageObservation packages && host.applies()) {
            PackageNote.write(slice, host, seen, Decider.owedForPackages(decision, packages));
        }
        UpdatePolicy policy = slice.pool().policy();
        HostUpdate verified = host.observing(observation).with(step.succeeded(slice.time()));
        boolean failedPatch = HostSteps.onlyForFailedLivePatch(decision);
        Failure stopped = failedPatch ? stopped(host, look, policy) : null;
        // whatever is said of the reboot, the rest of the work is done: an emptied host goes back into service
        UpdatePolicy rest = stopped == null ? policy : policy.withoutRebootAfterFailedLivePatch();
        boolean evacuated = host.isEvacuated();
        verified = verified.followedBy(HostSteps.afterVerified(decision, evacuated, host.endsDisabled(), rest));
        if (stopped != null) {
            verified = verified.failing(stopped);
        }
        slice.save(
                verified,
                slice.hostEvent(
                        failedPatch ? "host-update.live-patch-failed" : "host-update.verified",
                        host,
                        Map.of(
                                "tasks",
                                decision.tasks().stream().map(Enum::name).toList())));
        return Tick.at(slice.time());
    }

    private static Observation observation(
            Slice slice, HostUpdate host, Step step, HostDecision planned, HostLook look, HostSnapshot seen) {
        boolean rebooted = rebooted(host, step, seen);
        if (planned.inputs().packages() != null) {
            return PackageObservation.of(
                    Applied.installed(host), slice.packages().rules(), rebooted);
        }
        if (planned.inputs().repository() == null) {
            boolean waits = slice.pool()
                    .choice()
                    .image()
                    .filter(seen.updatesRequiringReboot()::contains)
                    .isPresent();
            return new AppliedObservation(waits, rebooted);
        }
        List<GuestLeft> guests = look.guests().stream()
                .map(vm -> new GuestLeft(new Guest(vm.uuid(), vm.kind()), vm.pending()))
                .toList();
        boolean failed = !Applied.livePatchFailures(host).isEmpty();
        return new RepositoryObservation(seen.software().pending(), guests, failed, rebooted);
    }

    /** Why a failed live patch's reboot is not made although the policy is not WARN (P1.5, R34); null = go on. */
    static @Nullable Failure stopped(HostUpdate host, HostLook look, UpdatePolicy asked) {
        OnLivePatchFailure policy = asked.onLivePatchFailure();
        if (policy == OnLivePatchFailure.FAIL) {
            return Failure.of(
                    "LIVE_PATCH_FAILED",
                    "The live patch failed on host " + host.name()
                            + " although the precheck called it complete. The update "
                            + "is installed; the host runs and its VMs with it, but it needs a reboot.");
        }
        boolean haOn = look.pool() != null && look.pool().haEnabled() && !asked.mayFix(FixCode.HA_OFF);
        return policy == OnLivePatchFailure.REBOOT && haOn
                ? Failure.of(
                        Reasons.HA_ENABLED,
                        "The live patch failed on host " + host.name()
                                + ". It was not rebooted because high availability is "
                                + "on. Switch it off and reboot the host.")
                : null;
    }

    private static boolean rebooted(HostUpdate host, Step step, HostSnapshot seen) {
        Instant then = host.apply(step.update())
                .map(Step::before)
                .map(Before::bootedAt)
                .orElse(null);
        Instant now = seen.bootedAt();
        return then != null && now != null && now.isAfter(then);
    }
}
