package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.plan.CallFate;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Stage;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What everything around a job may do to it: the database goes away, the pool goes silent, becomes another's, changes its references or its
 * address. Each has an outcome that is settled, and words for it where a person has to act. Processes that die are {@link DeathTests}.
 */
class TroubleTests {

    /** Where a job is when it happens. */
    enum When {
        BEFORE_THE_FIRST_HOST(StepType.ASSERT_EVACUABLE, false),
        EVACUATING(StepType.EVACUATE, true),
        APPLYING(StepType.APPLY_UPDATE, true),
        REBOOTING(StepType.REBOOT, true),
        BRINGING_HOME(StepType.RESTORE_VMS, true),
        BEFORE_THE_SECOND_HOST(StepType.REBOOT, false);

        private final StepType type;
        private final boolean during;

        When(StepType type, boolean during) {
            this.type = type;
            this.during = during;
        }

        BooleanSupplier in(VirtualRun run) {
            return () -> isNow(run.only());
        }

        private boolean isNow(PoolUpdate pool) {
            return switch (this) {
                case BEFORE_THE_FIRST_HOST ->
                    pool.state() == PoolUpdateState.RUNNING
                            && pool.hosts().stream().allMatch(host -> host.state() == HostUpdateState.PENDING);
                case BEFORE_THE_SECOND_HOST ->
                    pool.hosts().stream().anyMatch(host -> host.state() == HostUpdateState.SUCCEEDED)
                            && pool.hosts().stream().noneMatch(host -> host.state() == HostUpdateState.IN_PROGRESS);
                default ->
                    pool.hosts().stream()
                            .flatMap(host -> host.steps().stream())
                            .anyMatch(step -> step.type() == type && during && step.state() == StepState.RUNNING);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void aDatabaseThatIsAwayForMinutesOnlyDelaysTheJob(When when) {
        try (VirtualRun run = run(pool -> {})) {
            Map<VmUuid, HostUuid> homes = run.homes();

            PoolUpdate ended = job(run, when, () -> run.store().goAway(Duration.ofMinutes(7)));

            assertDoneOnce(run, ended, homes);
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void aPoolThatIsSilentForMinutesOnlyDelaysTheJob(When when) {
        try (VirtualRun run = run(pool -> {})) {
            Map<VmUuid, HostUuid> homes = run.homes();

            PoolUpdate ended = job(run, when, () -> run.pool().cutOff(Duration.ofMinutes(7)));

            assertDoneOnce(run, ended, homes);
            assertThat(ended.silentSince()).isNull();
        }
    }

    /** Every wait has an end, and the history says in which state each host was left. */
    @ParameterizedTest
    @EnumSource(When.class)
    void aPoolThatNeverAnswersAgainEndsTheJobInTimeAndSaysWhatIsKnown(When when) {
        try (VirtualRun run = run(pool -> {})) {
            Instant[] cut = new Instant[1];

            PoolUpdate ended = job(run, when, () -> {
                cut[0] = run.pool().instant();
                run.pool().cutOff(Duration.ofDays(30));
            });

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(Duration.between(cut[0], ended.finishedAt())).isLessThan(Duration.ofHours(6));
            Failure why = Objects.requireNonNull(ended.failure());
            assertThat(why.detail()).contains("host").endsWith(".");
            assertThat(ended.hosts()).allMatch(host -> host.state().isTerminal());
            assertThat(ended.hosts())
                    .filteredOn(host -> host.state() == HostUpdateState.SKIPPED)
                    .allSatisfy(host -> assertThat(
                                    Objects.requireNonNull(host.failure()).detail())
                            .contains("untouched"));
        }
    }

    @Test
    void aPoolThatIsSilentBetweenHostsTellsIt() {
        try (VirtualRun run = run(pool -> {})) {
            PoolUpdate ended =
                    job(run, When.BEFORE_THE_SECOND_HOST, () -> run.pool().cutOff(Duration.ofDays(1)));

            Failure why = Objects.requireNonNull(ended.failure());
            assertThat(why.code()).isEqualTo(Reasons.POOL_UNREACHABLE);
            assertThat(why.detail())
                    .contains("did not answer for 30 minutes", "Host trouble-host-2 was not started: it is untouched");
            assertThat(run.store().events()).extracting(NewEvent::type).contains("pool-update.pool-silent");
        }
    }

    /** R13: it may not be the one that was planned first. */
    @Test
    void aSupporterThatBecomesCoordinatorIsTheNextHost() {
        try (VirtualRun run = run(pool -> pool.hosts(4))) {
            PoolUpdate ended =
                    job(run, When.BEFORE_THE_SECOND_HOST, () -> run.pool().designateCoordinator(3));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.APPLY))
                    .containsExactly(
                            run.inOrder().get(0),
                            run.inOrder().get(3),
                            run.inOrder().get(1),
                            run.inOrder().get(2));
        }
    }

    @Test
    void noMemberFollowsACoordinatorThatDoesNotGetTheUpdate() {
        try (VirtualRun run = run(pool -> pool.hosts(3))) {
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(run.host(0), run.host(1)),
                    UpdatePolicy.defaults(),
                    When.BEFORE_THE_SECOND_HOST.in(run),
                    () -> run.pool().designateCoordinator(2));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(run.hosts(JournalAction.APPLY))
                    .containsExactly(run.inOrder().get(0));
            assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("COORDINATOR_NOT_INCLUDED");
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void referencesThatChangeAreAskedForAgain(When when) {
        try (VirtualRun run = run(pool -> {})) {
            Map<VmUuid, HostUuid> homes = run.homes();

            PoolUpdate ended = job(run, when, () -> run.pool().changeReferences());

            assertDoneOnce(run, ended, homes);
        }
    }

    /** The service can't know where it is now; a person can say it, and the job goes on. */
    @Test
    void aPoolThatMovedToAnotherAddressIsFoundAsSoonAsSomebodySaysWhere() {
        try (VirtualRun run =
                VirtualRun.of(Scenario.of(Scenario.pool("trouble").standalone().update("REBOOT")))) {
            boolean[] moved = new boolean[1];
            PoolUpdate ended = run.job(
                    TestChannel.IMAGE.choice(run),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> {
                        if (!moved[0] && When.REBOOTING.in(run).getAsBoolean()) {
                            run.pool().move(0, "192.0.2.7");
                            moved[0] = true;
                        }
                        return moved[0]
                                && run.only().hosts().get(0).nextStep().stream()
                                        .flatMap(step -> java.util.stream.Stream.ofNullable(step.waiting()))
                                        .anyMatch(waiting -> run.pool()
                                                .instant()
                                                .isAfter(waiting.since().plus(Duration.ofMinutes(9))));
                    },
                    run::reconnect);

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(1);
        }
    }

    @Test
    void aPoolThatMovedAndThatNobodyFindsEndsTheJobWithWordsForIt() {
        try (VirtualRun run =
                VirtualRun.of(Scenario.of(Scenario.pool("trouble").standalone().update("REBOOT")))) {
            PoolUpdate ended = job(run, When.REBOOTING, () -> run.pool().move(0, "192.0.2.7"));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(Objects.requireNonNull(ended.failure()).detail())
                    .contains("If its address changed", "PATCH /api/v1/pools/");
        }
    }

    @ParameterizedTest
    @CsvSource({"5, true", "200, false"})
    void aHostThatComesBackLateIsWaitedForAsLongAsTheSettingsSay(int minutes, boolean inTime) {
        try (VirtualRun run = run(pool -> {})) {
            Map<VmUuid, HostUuid> homes = run.homes();
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.HOST_RETURNS_LATE)
                            .onHost(run.host(1).toString())
                            .lasting(Duration.ofMinutes(minutes)));

            PoolUpdate ended = job(run, When.REBOOTING, () -> {});

            if (inTime) {
                assertDoneOnce(run, ended, homes);
            } else {
                assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("HOST_DID_NOT_RETURN");
                assertThat(Objects.requireNonNull(ended.failure()).detail()).contains("xe host-forget");
            }
        }
    }

    /** The answer to the call is lost, its task is found where the host itself shows it. */
    @ParameterizedTest
    @CsvSource({
        "IMAGE, EVACUATE, Async.host.evacuate",
        "REPOSITORY, APPLY_UPDATE, Async.host.apply_updates",
        "REPOSITORY, EVACUATE, Async.host.evacuate"
    })
    void theTaskOfACallWhoseAnswerIsLostIsAdopted(TestChannel channel, StepType type, String method) {
        try (VirtualRun run = VirtualRun.of(Scenario.of(channel.offering(
                UpdateSet.REBOOT, Scenario.pool("trouble").hosts(2).vmsEach(3))))) {
            Map<VmUuid, HostUuid> homes = run.homes();
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.CONNECTION_RESET)
                            .forMethod(method)
                            .times(2));

            PoolUpdate ended = run.job(channel.choice(run), Set.of(), UpdatePolicy.defaults());

            assertDoneOnce(run, ended, homes);
            assertThat(run.store().events())
                    .filteredOn(event -> event.type().equals("xapi-call.adopted"))
                    .hasSize(2)
                    .allMatch(event -> type.name().equals(event.data().get("step")));
            assertThat(ended.hosts())
                    .flatExtracting(HostUpdate::steps)
                    .filteredOn(step -> step.type() == type)
                    .allMatch(step -> step.task() != null && step.call() == CallFate.ACCEPTED && step.attempts() == 1);
        }
    }

    private static VirtualRun run(java.util.function.Consumer<PoolScenario> more) {
        PoolScenario pool = Scenario.pool("trouble").hosts(2).vmsEach(2).update("REBOOT");
        more.accept(pool);
        // long enough for a home coming to be met while it goes on
        return VirtualRun.of(Scenario.of(pool).timing(Stage.MIGRATE, Duration.ofSeconds(30)));
    }

    private static PoolUpdate job(VirtualRun run, When when, Runnable happens) {
        return run.job(TestChannel.IMAGE.choice(run), Set.of(), UpdatePolicy.defaults(), when.in(run), happens);
    }

    private static void assertDoneOnce(VirtualRun run, PoolUpdate ended, Map<VmUuid, HostUuid> homes) {
        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        List<String> all = IntStream.range(0, ended.hosts().size())
                .mapToObj(run.inOrder()::get)
                .toList();
        assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(all);
        assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(all);
        assertThat(run.homes()).isEqualTo(homes);
        assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
        assertThat(ended.hosts()).allSatisfy(host -> assertThat(host.warnings()).isEmpty());
    }
}
