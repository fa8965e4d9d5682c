package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do to a job while it runs, and windows in which it works (P5.2, P5.6, R29), on a simulated pool in virtual time. */
class ControlTests {

    @Test
    void aPausedJobFinishesTheHostAtWorkAndBeginsNoOtherUntilItIsResumed() {
        try (VirtualRun run = run(pool -> {})) {
            Duration pause = Duration.ofHours(5);
            Instant[] at = new Instant[1];
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> {
                        if (at[0] == null && StepType.REBOOT == running(run.only())) {
                            at[0] = run.pool().instant();
                            run.store().requestPause(run.only().job(), true, List.of());
                        }
                        return at[0] != null && run.pool().instant().isAfter(at[0].plus(pause));
                    },
                    () -> {
                        PoolUpdate paused = run.only();
                        assertThat(paused.state()).isEqualTo(PoolUpdateState.PAUSED);
                        assertThat(paused.hosts())
                                .extracting(HostUpdate::state)
                                .containsExactly(
                                        HostUpdateState.SUCCEEDED, HostUpdateState.PENDING, HostUpdateState.PENDING);
                        assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
                        run.store().requestPause(paused.job(), false, List.of());
                    });

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(run.inOrder());
            assertThat(Duration.between(reboot(run, 0), reboot(run, 1))).isGreaterThan(pause);
            assertThat(types(run)).contains("pool-update.paused", "pool-update.resumed");
        }
    }

    @Test
    void aPausedJobCanBeCancelled() {
        try (VirtualRun run = run(pool -> {})) {
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> {
                        if (!run.only().pauseRequested() && StepType.REBOOT == running(run.only())) {
                            run.store().requestPause(run.only().job(), true, List.of());
                        }
                        return run.only().state() == PoolUpdateState.PAUSED && running(run.only()) == null;
                    },
                    () -> run.store().requestCancel(run.only().job(), List.of()));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.CANCELLED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).hasSize(1);
            assertThat(ended.hosts().subList(1, 3))
                    .extracting(host -> Objects.requireNonNull(host.failure()).code())
                    .containsOnly("CANCELLED");
        }
    }

    /** R30: a host that fails while a pause is on stops its pool all the same, and fixes are taken back. */
    @Test
    void aHostThatFailsDuringAPauseEndsTheJob() {
        try (VirtualRun run = run(PoolScenario::wlbEnabled)) {
            run.pool()
                    .inject(io.xenpatch.simulator.Fault.on(
                                    run.seen().uuid().toString(), io.xenpatch.simulator.FaultKind.HOST_NEVER_RETURNS)
                            .onHost(run.host(1).toString()));
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults().allowing(Set.of("WLB_OFF")),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 2,
                    () -> run.store().requestPause(run.only().job(), true, List.of()));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(run.seen().wlbEnabled()).isTrue();
            assertThat(ended.hosts().get(2).state()).isEqualTo(HostUpdateState.SKIPPED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHostThatIsSkippedBeforeItBeginsIsUntouched(boolean beforeThePlan) {
        try (VirtualRun run = run(pool -> {})) {
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> beforeThePlan
                            || run.journal(JournalAction.REBOOT_STARTED).size() == 1,
                    () -> run.store().requestSkip(run.only().id(), run.host(1), List.of()));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.APPLY))
                    .containsExactly(run.inOrder().get(0), run.inOrder().get(2));
            HostUpdate out = ended.hostUpdate(run.host(1));
            assertThat(out.state()).isEqualTo(HostUpdateState.SKIPPED);
            assertThat(Objects.requireNonNull(out.failure()).code()).isEqualTo(Reasons.SKIPPED_ON_REQUEST);
        }
    }

    /** Where it is when somebody asks to leave it out. */
    @ParameterizedTest
    @EnumSource(
            value = StepType.class,
            names = {"ASSERT_EVACUABLE", "DISABLE_HOST", "EVACUATE"})
    void aHostThatIsSkippedBeforeItsApplyGoesBackIntoService(StepType at) {
        try (VirtualRun run = run(pool -> {})) {
            Map<VmUuid, HostUuid> homes = run.homes();
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 1
                            && at == running(run.only())
                            && run.only().hosts().get(1).state() == HostUpdateState.IN_PROGRESS,
                    () -> run.store().requestSkip(run.only().id(), run.host(1), List.of()));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hostUpdate(run.host(1)).state()).isEqualTo(HostUpdateState.SKIPPED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED))
                    .containsExactly(run.inOrder().get(0), run.inOrder().get(2));
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            assertThat(run.homes()).isEqualTo(homes);
        }
    }

    @Test
    void aHostThatIsSkippedAfterItsApplyIsFinished() {
        try (VirtualRun run = run(pool -> {})) {
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> StepType.APPLY_UPDATE == running(run.only()),
                    () -> run.store().requestSkip(run.only().id(), run.host(0), List.of()));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
        }
    }

    /** R13. */
    @Test
    void aCoordinatorThatIsSkippedTakesItsPoolWithIt() {
        try (VirtualRun run = run(pool -> {})) {
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> run.only().state() == PoolUpdateState.RUNNING,
                    () -> run.store().requestSkip(run.only().id(), run.host(0), List.of()));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
            assertThat(ended.hosts())
                    .extracting(host -> Objects.requireNonNull(host.failure()).code())
                    .containsExactly(
                            Reasons.SKIPPED_ON_REQUEST, Reasons.COORDINATOR_SKIPPED, Reasons.COORDINATOR_SKIPPED);
        }
    }

    @Test
    void aJobBeginsAtItsTime() {
        try (VirtualRun run = run(pool -> {})) {
            Instant at = run.pool().instant().plus(Duration.ofHours(30));

            PoolUpdate ended = job(run, new StartTimes(at, null), null);

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.startedAt()).isBetween(at, at.plusSeconds(5));
            assertThat(run.pool().journal()).allMatch(entry -> !entry.at().isBefore(at));
        }
    }

    /** P5.2: hosts are begun while the window is open, those that have begun are finished, the rest goes on in the next one. */
    @Test
    void aJobWorksInItsWindowsOnly() {
        try (VirtualRun run = run(PoolScenario::wlbEnabled)) {
            MaintenanceWindow window = window(run, "FREQ=DAILY", Duration.ofMinutes(9));
            List<Instant> free = new java.util.ArrayList<>();
            List<Boolean> wlb = new java.util.ArrayList<>();

            PoolUpdate ended = job(run, new StartTimes(null, window), () -> {
                if (run.only().state() == PoolUpdateState.WAITING
                        && !run.only().hosts().isEmpty()) {
                    free.add(run.pool().instant());
                    wlb.add(run.seen().wlbEnabled());
                }
            });

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(run.inOrder());
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
            List<WindowOpening> openings = window.openings(ended.createdAt(), 3);
            List<Instant> starts = ended.hosts().stream()
                    .map(host -> Objects.requireNonNull(host.startedAt()))
                    .toList();
            assertThat(starts)
                    .allSatisfy(start -> assertThat(openings)
                            .anyMatch(opening ->
                                    !start.isBefore(opening.opensAt()) && start.isBefore(opening.closesAt())));
            assertThat(starts.stream()
                            .map(start -> start.atZone(ZoneOffset.UTC).toLocalDate())
                            .distinct())
                    .hasSizeBetween(2, 3);
            // between windows the pool is free and as it was
            assertThat(free).isNotEmpty();
            assertThat(wlb).containsOnly(true);
            assertThat(run.seen().wlbEnabled()).isTrue();
            assertThat(types(run)).contains("pool-update.window-closed", "pool-update.scheduled-again");
        }
    }

    @Test
    void aWindowThatClosesDuringAPauseFreesThePool() {
        try (VirtualRun run = run(pool -> {})) {
            MaintenanceWindow window = window(run, "FREQ=DAILY", Duration.ofMinutes(20));
            boolean[] asked = new boolean[2];

            PoolUpdate ended = job(run, new StartTimes(null, window), () -> {
                PoolUpdate now = run.only();
                if (!asked[0] && StepType.REBOOT == running(now)) {
                    run.store().requestPause(now.job(), true, List.of());
                    asked[0] = true;
                } else if (asked[0] && !asked[1] && now.state() == PoolUpdateState.WAITING) {
                    assertThat(run.store().holderOf(now.world(), now.pool())).isEmpty();
                    run.store().requestPause(now.job(), false, List.of());
                    asked[1] = true;
                }
            });

            assertThat(asked).containsOnly(true);
            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(run.inOrder());
        }
    }

    /** What was done stays; nobody is told that nothing was touched. */
    @Test
    void aJobThatIsBlockedInALaterWindowFailsAndSaysWhatIsLeft() {
        try (VirtualRun run = run(pool -> {})) {
            MaintenanceWindow window = window(run, "FREQ=DAILY", Duration.ofMinutes(9));
            boolean[] done = new boolean[1];

            PoolUpdate ended = job(run, new StartTimes(null, window), () -> {
                if (!done[0]
                        && run.only().state() == PoolUpdateState.WAITING
                        && !run.only().hosts().isEmpty()) {
                    run.pool().enableHa("Shared storage");
                    run.pool().advanceTo(run.pool().instant().plusSeconds(60));
                    done[0] = true;
                }
            });

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            Failure why = Objects.requireNonNull(ended.failure());
            assertThat(why.code()).isEqualTo("HA_ENABLED");
            assertThat(why.detail()).contains("What earlier windows did stays").doesNotContain("Nothing was touched");
            assertThat(ended.hosts())
                    .filteredOn(host -> host.state() == HostUpdateState.SKIPPED)
                    .isNotEmpty();
            assertThat(ended.hosts()).allMatch(host -> host.state().isTerminal());
        }
    }

    @Test
    void aJobWhoseWindowOpensNoMoreEndsAndSaysSo() {
        try (VirtualRun run = run(pool -> {})) {
            MaintenanceWindow window = window(run, "FREQ=DAILY;COUNT=1", Duration.ofMinutes(9));

            PoolUpdate ended = job(run, new StartTimes(null, window), null);

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("NO_FURTHER_WINDOW");
            assertThat(ended.hosts())
                    .filteredOn(host -> host.state() == HostUpdateState.SKIPPED)
                    .isNotEmpty()
                    .allSatisfy(host -> assertThat(
                                    Objects.requireNonNull(host.failure()).detail())
                            .contains("untouched"));
        }
    }

    @Test
    void aJobThatIsCancelledBetweenTwoWindowsEndsAtOnce() {
        try (VirtualRun run = run(pool -> {})) {
            MaintenanceWindow window = window(run, "FREQ=WEEKLY", Duration.ofMinutes(9));

            PoolUpdate ended = job(run, new StartTimes(null, window), () -> {
                if (run.only().state() == PoolUpdateState.WAITING
                        && !run.only().hosts().isEmpty()) {
                    run.store().requestCancel(run.only().job(), List.of());
                }
            });

            assertThat(ended.state()).isEqualTo(PoolUpdateState.CANCELLED);
            assertThat(ended.hosts()).allMatch(host -> host.state().isTerminal());
        }
    }

    private static VirtualRun run(Consumer<PoolScenario> more) {
        PoolScenario pool = Scenario.pool("control").hosts(3).vmsEach(1).update("REBOOT");
        more.accept(pool);
        return VirtualRun.of(Scenario.of(pool));
    }

    /** @param each looked at between two ticks; null = nothing */
    private static PoolUpdate job(VirtualRun run, StartTimes times, @Nullable Runnable each) {
        return run.job(
                TestChannel.IMAGE.choice(run),
                UpdatePolicy.defaults().allowing(Set.of("WLB_OFF")),
                times,
                () -> {
                    if (each != null) {
                        each.run();
                    }
                    return false;
                },
                () -> {});
    }

    private static MaintenanceWindow window(VirtualRun run, String rule, Duration length) {
        return new MaintenanceWindow(
                UUID.randomUUID(),
                "night",
                null,
                rule,
                LocalDateTime.ofInstant(run.pool().instant().plus(Duration.ofHours(1)), ZoneOffset.UTC),
                ZoneId.of("UTC"),
                length,
                length,
                Instant.EPOCH,
                "somebody",
                0);
    }

    private static @Nullable StepType running(PoolUpdate pool) {
        return pool.hosts().stream()
                .flatMap(host -> host.steps().stream())
                .filter(step -> step.state() == StepState.RUNNING)
                .map(Step::type)
                .findFirst()
                .orElse(null);
    }

    private static Instant reboot(VirtualRun run, int number) {
        return run.journal(JournalAction.REBOOT_STARTED).get(number).at();
    }

    private static List<String> types(VirtualRun run) {
        return run.store().events().stream().map(NewEvent::type).toList();
    }
}
