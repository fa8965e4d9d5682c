package io.xenpatch.job;

import io.xenpatch.assessment.Question;
import io.xenpatch.assessment.Questions;
import io.xenpatch.caller.Caller;
import io.xenpatch.plan.AppliedObservation;
import io.xenpatch.plan.Decider;
import io.xenpatch.plan.DecisionInputs;
import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.Guest;
import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.HostSequence;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.PendingGuidance;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.PlannedStep;
import io.xenpatch.plan.RepositoryObservation;
import io.xenpatch.plan.RepositoryObservation.GuestLeft;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.precheck.Fix;
import io.xenpatch.precheck.PrecheckRow;
import io.xenpatch.precheck.Scope;
import io.xenpatch.precheck.Severity;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HaSettings;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.PoolUuid;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VbdUuid;
import io.xenpatch.xen.VdiUuid;
import io.xenpatch.xen.VmUuid;
import io.xenpatch.xen.XapiTaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Jobs and parts of jobs for the tests of stores; every uuid is new, so that tests do not meet in one database. */
final class JobSamples {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant LATEST_START = NOW.plus(Duration.ofHours(4));

    private JobSamples() {}

    static PoolUuid newPool() {
        return new PoolUuid(UUID.randomUUID());
    }

    /** On these pools, all at once. */
    static NewJob job(PoolUuid... pools) {
        return job(PoolUpdate.REAL, new Rollout(pools.length, 1), NOW, pools);
    }

    static NewJob job(Rollout rollout, PoolUuid... pools) {
        return job(PoolUpdate.REAL, rollout, NOW, pools);
    }

    static NewJob job(String world, Rollout rollout, Instant createdAt, PoolUuid... pools) {
        return job(world, rollout, createdAt, new StartTimes(null, null), false, pools);
    }

    /** One pool at a time. @param waits for pools that other jobs hold */
    static NewJob starting(StartTimes times, boolean waits, PoolUuid... pools) {
        return job(PoolUpdate.REAL, new Rollout(1, 1), NOW, times, waits, pools);
    }

    private static NewJob job(
            String world, Rollout rollout, Instant createdAt, StartTimes times, boolean waits, PoolUuid... pools) {
        JobId id = JobId.random();
        List<PoolUuid> order = Arrays.asList(pools);
        return new NewJob(
                id,
                "Sample",
                Caller.localAdmin(),
                createdAt,
                "{}",
                Map.of(),
                Map.of(),
                rollout,
                waits,
                null,
                order.stream()
                        .map(pool -> waiting(
                                id,
                                world,
                                pool,
                                order.indexOf(pool),
                                new UpdateChoice.Image(new UpdateUuid(UUID.randomUUID())),
                                Set.of(new HostUuid(UUID.randomUUID())),
                                UpdatePolicy.defaults(),
                                createdAt,
                                times.due(createdAt).plus(Duration.between(NOW, LATEST_START)),
                                times))
                        .toList());
    }

    /** A job on one pool. @param targets empty = all */
    static NewJob job(
            PoolUuid pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            UpdatePolicy policy,
            Instant createdAt,
            Duration patience) {
        return job(pool, choice, targets, policy, createdAt, patience, new StartTimes(null, null));
    }

    /** The same at a time of its own. */
    static NewJob job(
            PoolUuid pool,
            UpdateChoice choice,
            Set<HostUuid> targets,
            UpdatePolicy policy,
            Instant createdAt,
            Duration patience,
            StartTimes times) {
        JobId id = JobId.random();
        return new NewJob(
                id,
                "Sample",
                Caller.localAdmin(),
                createdAt,
                "{}",
                Map.of(),
                Map.of(),
                Rollout.DEFAULT,
                false,
                null,
                List.of(waiting(
                        id,
                        PoolUpdate.REAL,
                        pool,
                        0,
                        choice,
                        targets,
                        policy,
                        createdAt,
                        createdAt.plus(patience),
                        times)));
    }

    private static PoolUpdate waiting(
            JobId job,
            String world,
            PoolUuid pool,
            int position,
            UpdateChoice choice,
            Set<HostUuid> targets,
            UpdatePolicy policy,
            Instant createdAt,
            Instant latestStart,
            StartTimes times) {
        return new PoolUpdate(
                PoolUpdateId.random(),
                job,
                world,
                pool,
                "pool-" + position,
                position,
                PoolUpdateState.WAITING,
                choice,
                targets,
                policy,
                createdAt,
                latestStart,
                null,
                null,
                Wishes.NONE,
                null,
                null,
                0,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                times.earliest(),
                times.window(),
                null,
                null,
                null);
    }

    /** With a decision that has everything in it. */
    static HostUpdate pending(int position) {
        return pending(new HostUuid(UUID.randomUUID()), position);
    }

    /** Of a certain host. */
    static HostUpdate pending(HostUuid host, int position) {
        DecisionInputs inputs = new DecisionInputs(
                host,
                Set.of(Guidance.REBOOT_HOST, Guidance.RESTART_HVM),
                LivePatchStatus.COMPLETE,
                new DecisionInputs.PoolLivePatching(true, true),
                List.of(new PendingGuidance(Guidance.RESTART_TOOLSTACK, GuidanceLevel.RECOMMENDED, "former")),
                List.of(new Guest(new VmUuid(UUID.randomUUID()), GuestKind.HVM)),
                new DecisionInputs.Policy(LivePatching.PREFER, Set.of(GuidanceLevel.MANDATORY)));
        HostPlan plan = new HostPlan(Decider.decide(inputs), true, false, List.of());
        return HostUpdate.pending(plan, "host-" + position, position);
    }

    static HostUpdate begun(HostUpdate host, StepType... work) {
        HostPlan plan = new HostPlan(Decider.decide(Objects.requireNonNull(host.inputs())), true, false, List.of());
        return host.begun(plan, PlannedStep.plain(List.of(work)), NOW);
    }

    /** What the host was like before a call. */
    static Before before() {
        return new Before(NOW, true, NOW.minusSeconds(90), NOW.minusSeconds(80), NOW.plusMillis(1));
    }

    /** Running, with every field that a row can have. */
    static PoolUpdate full(PoolUpdate prechecking) {
        HostUpdate first = begun(pending(0), StepType.APPLY_UPDATE, StepType.REBOOT);
        Step called = first.steps()
                .get(0)
                .intent(NOW, before())
                .accepted(new XapiTaskRef("OpaqueRef:1"))
                .keeping("[1]")
                .waitingFor(new Waiting("the server", NOW, NOW.plusSeconds(60), NOW.plusSeconds(2)));
        HostUpdate second = HostUpdate.leftOut(
                new HostUuid(UUID.randomUUID()), "host-1", 1, new Failure("LEFT_OUT", "why", List.of("A", "b")), NOW);
        UpdateUuid update = new UpdateUuid(UUID.randomUUID());
        HostSequence sequence = new HostSequence(List.of(
                new HostSequence.Part(
                        update,
                        "first",
                        Objects.requireNonNull(first.inputs()),
                        false,
                        true,
                        new AppliedObservation(true, false)),
                new HostSequence.Part(new UpdateUuid(UUID.randomUUID()), "second", first.inputs(), true, false, null)));
        HostUpdate fourth = pending(3)
                .begun(
                        new HostPlan(
                                sequence.decision(),
                                true,
                                false,
                                List.of(new PlannedStep(StepType.APPLY_UPDATE, update)),
                                sequence),
                        List.of(new PlannedStep(StepType.APPLY_UPDATE, update)),
                        NOW);
        HostUpdate third = begun(pending(2), StepType.VERIFY)
                .observing(new RepositoryObservation(
                        new PendingGuidances(Map.of(GuidanceLevel.FULL, Set.of(Guidance.RESTART_TOOLSTACK))),
                        List.of(new GuestLeft(
                                new Guest(new VmUuid(UUID.randomUUID()), GuestKind.PV), PendingGuidances.UNKNOWN)),
                        true,
                        false));
        VmRestart restart = VmRestart.pending(new VmUuid(UUID.randomUUID()), "vm", third.host(), UpdateTask.RESTART_VM)
                .intent(NOW, NOW.minusSeconds(70))
                .accepted(new XapiTaskRef("OpaqueRef:2"));
        return everyFix(prechecking)
                .pinnedTo("0f3a")
                .settledOn(List.of(update))
                .judged(List.of(new PrecheckRow(
                        "HA_ENABLED",
                        Severity.WARNING,
                        Scope.POOL,
                        prechecking.pool().value(),
                        prechecking.pool().value(),
                        null,
                        "HA is on",
                        "Switch it off",
                        Map.of("hosts", 3),
                        new Fix("HA_OFF", "Switches it off", true),
                        true)))
                .running(
                        List.of(new VmHome(
                                new VmUuid(UUID.randomUUID()), "vm", PowerState.RUNNING, first.host(), second.host())),
                        List.of(
                                first.with(called)
                                        .observing(new AppliedObservation(true, false))
                                        .warned("a warning")
                                        .putOff(),
                                second,
                                third,
                                fourth))
                .restarting(List.of(restart));
    }

    /** One of every kind, at every point of its way. */
    private static PoolUpdate everyFix(PoolUpdate pool) {
        VmUuid vm = new VmUuid(UUID.randomUUID());
        HostUuid host = new HostUuid(UUID.randomUUID());
        HaSettings ha = new HaSettings(true, Set.of(new SrUuid(UUID.randomUUID())), Map.of("timeout", "60"), "xhad", 2);
        List<FixAction> actions = List.of(
                new PoolFixes.HaOff(ha),
                new PoolFixes.WlbOff(),
                new PoolFixes.PoolAutoStartOff("true"),
                new PoolFixes.SyncPaused(),
                new GuestFixes.VmAutoStartOff(vm, "vm", "true"),
                new GuestFixes.DiscEjected(new VbdUuid(UUID.randomUUID()), new VdiUuid(UUID.randomUUID())),
                new GuestFixes.VmSuspended(vm, "vm", host),
                new GuestFixes.VmShutDown(vm, "vm", null, true),
                new Preparations.StorageAttached(new PbdUuid(UUID.randomUUID())),
                new Preparations.HostSwitchedOn(host, "host"),
                new Preparations.UpdatesFetched(NOW));
        PoolUpdate all =
                pool.with(KeptFix.planned(new PlannedFix(FixCode.HA_OFF, UUID.randomUUID(), "pool", null, true)));
        for (FixAction action : actions) {
            KeptFix made = KeptFix.planned(new PlannedFix(FixCode.EJECT_CD, UUID.randomUUID(), "vm", host, false))
                    .making(action, NOW)
                    .intent(NOW.plusSeconds(1))
                    .accepted(new XapiTaskRef("OpaqueRef:3"));
            all = all.with(made.in(FixState.NOT_REVERTED, new Failure("FIX_NOT_REVERTED", "why", List.of("X"))));
        }
        return all;
    }

    static Questions questions(PoolUpdate pool) {
        HostUuid host = new HostUuid(UUID.randomUUID());
        return new Questions(
                pool.choice(),
                List.of(host),
                pool.policy(),
                NOW.plusSeconds(180),
                List.of(new Question(
                        host,
                        Question.Kind.EVACUATION,
                        null,
                        2,
                        new Question.Reply(
                                Question.Outcome.ANSWERED,
                                List.of(),
                                Map.of(UUID.randomUUID(), List.of("VM_REQUIRES_SR"))))),
                true);
    }

    /** In UTC. */
    static MaintenanceWindow window(String recurrence, Instant first, Duration length) {
        return new MaintenanceWindow(
                UUID.randomUUID(),
                "window",
                null,
                recurrence,
                LocalDateTime.ofInstant(first, ZoneOffset.UTC),
                ZoneId.of("UTC"),
                length,
                length,
                NOW,
                "somebody",
                0);
    }
}
