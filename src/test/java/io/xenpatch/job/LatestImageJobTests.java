package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.DecisionView;
import io.xenpatch.assessment.PoolReport;
import io.xenpatch.assessment.TestAssessment;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.TestFeed;
import io.xenpatch.plan.TestPolicy;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateScenario;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import io.xenpatch.xen.VmSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole jobs that bring pools with update images to the latest of everything, in virtual time (R11). */
class LatestImageJobTests {
    private static final UpdateChoice LATEST = new UpdateChoice.Latest();

    /**
     * Words as {@link TestFeed} reads them; what the servers say of live patches is "complete" where a word has {@code +lp}, unless a
     * test says otherwise.
     */
    private static PoolScenario pool(int hosts, String updates) {
        return pool(hosts, updates, "", update -> update);
    }

    /** @param special an update of which something else is to be said */
    private static PoolScenario pool(int hosts, String updates, String special, UnaryOperator<UpdateScenario> change) {
        PoolScenario pool = Scenario.pool("images").hosts(hosts).vmsEach(1);
        for (String word : updates.split(" ")) {
            var published = TestFeed.update(word);
            pool.update(published.name(), update -> {
                update.uuid(published.uuid().toString())
                        .requires(required(word))
                        .precheck(published.containsLivePatch() ? "ok_livepatch_complete" : "ok");
                UpdateScenario described = word.contains(":") ? update.guidance(guidance(word)) : update;
                return published.name().equals(special) ? change.apply(described) : described;
            });
        }
        return pool;
    }

    private static String guidance(String word) {
        return word.split(":", -1)[1].replace("+lp", "");
    }

    private static String[] required(String word) {
        String[] related =
                word.split(":", -1)[0].replace("+lp", "").replace("*", "").split(">", -1);
        return Arrays.copyOfRange(related, 1, related.length);
    }

    private static VirtualRun run(PoolScenario pool) {
        return VirtualRun.of(Scenario.of(pool));
    }

    /** A service whose feed describes these updates, and lists them in this order. */
    private static VirtualRun reading(PoolScenario pool, String described) {
        VirtualRun run = run(pool);
        return run.reading(feed(run, described));
    }

    private static PublishedUpdates feed(VirtualRun run, String described) {
        String version = run.seen().hosts().get(0).softwareVersion().get("product_version");
        String names = TestFeed.words(described)
                .map(word -> TestFeed.update(word).name())
                .collect(Collectors.joining(" "));
        return new TestFeed()
                .describes(described)
                .version(Objects.requireNonNull(version), "", null, names, TestFeed.uuids(names))
                .feed();
    }

    /** Host by position and update, in the order of the applies. */
    private static List<String> applies(VirtualRun run) {
        return run.journal(JournalAction.APPLY).stream()
                .filter(entry -> entry.detail().equals("ok"))
                .map(entry -> run.pool().hostUuids().indexOf(entry.hostUuid()) + name(run, entry))
                .toList();
    }

    private static String name(VirtualRun run, JournalEntry entry) {
        return run.seen().update(UpdateUuid.of(entry.subject())).orElseThrow().name();
    }

    private static Map<String, String> homes(VirtualRun run) {
        return run.seen().vms().stream()
                .collect(Collectors.toMap(VmSnapshot::name, vm -> String.valueOf(vm.residentOn())));
    }

    private static List<StepType> steps(HostUpdate host) {
        return host.steps().stream()
                .filter(step -> step.state() == StepState.SUCCEEDED)
                .map(Step::type)
                .toList();
    }

    @Test
    void appliesEverythingThatAHostLacksInTheOrderThatTheServersTellAndRebootsOnce() {
        try (VirtualRun run = run(pool(2, "A>C:restartHost B:restartXAPI C>B:restartHost"))) {
            Map<String, String> homes = homes(run);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applies(run)).containsExactly("0B", "0C", "0A", "1B", "1C", "1A");
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(2);
            assertThat(run.journal(JournalAction.TOOLSTACK_RESTARTED)).isEmpty();
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            run.pool().advanceTo(run.pool().instant().plusSeconds(1));
            assertThat(run.seen().updates()).noneMatch(update -> update.uploaded());
        }
    }

    @Test
    void leavesGuestsWhereTheyAreWhenLivePatchesSpareEveryReboot() {
        String updates = "A:restartHost+lp B>A:restartHost+lp";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.LIVE_PATCHED);
            assertThat(applies(run)).containsExactly("0A", "0B", "1A", "1B");
            assertThat(run.journal(JournalAction.VM_MIGRATED)).isEmpty();
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
        }
    }

    /** P8.1. */
    @Test
    void decidesAndDoesWhatTheAssessmentSaid() {
        String updates = "A*:restartXAPI B>A:restartHost+lp C>B:restartHost";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            PoolReport said = TestAssessment.of(
                    run.xapi(),
                    LATEST,
                    Set.of(),
                    new LatestImages(run.feed(), Optional.empty()),
                    UpdatePolicy.defaults(),
                    run.pool(),
                    run.pool()::advanceTo);
            assertThat(said.hosts().get(0).updates())
                    .extracting(DecisionView.UpdateView::predicted)
                    .containsExactly(false, true, true);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            ended.hosts()
                    .forEach(host -> assertThat(host.steps())
                            .extracting(step -> step.type() + " " + step.update())
                            .isEqualTo(said.steps().stream()
                                    .filter(step ->
                                            step.hostUuid().equals(host.host().value()))
                                    .map(step -> step.type() + " "
                                            + (step.updateUuid() == null ? null : new UpdateUuid(step.updateUuid())))
                                    .toList()));
        }
    }

    @Test
    void keepsToTheFeedAndLeavesOtherImagesAlone() {
        PoolScenario pool = pool(1, "A B").update("PACK", pack -> pack.guidance("restartHost"));
        try (VirtualRun run = reading(pool, "A B")) {
            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applies(run)).containsExactly("0A", "0B");
        }
    }

    /** Once the first host has it, the hosts have different versions, of which the feed alone says nothing. */
    @Test
    void goesOnWithTheMembersWhenACumulativeUpdateHasMadeTheCoordinatorAnotherVersion() {
        PoolScenario pool = pool(2, "CU*:restartHost H", "CU", update -> update.software("product_version", "8.2.9"));
        try (VirtualRun before = run(pool)) {
            String version = Objects.requireNonNull(
                    before.seen().hosts().get(0).softwareVersion().get("product_version"));
            PublishedUpdates feed = new TestFeed()
                    .describes("CU*:restartHost H")
                    .version(version, "", null, "CU", TestFeed.uuids("CU"))
                    .version("8.2.9", "", "CU", "H", TestFeed.uuids("H"))
                    .feed();
            VirtualRun run = before.reading(feed);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applies(run)).containsExactly("0CU", "0H", "1CU", "1H");
            assertThat(run.seen().hosts())
                    .extracting(host -> host.softwareVersion().get("product_version"))
                    .containsOnly("8.2.9");
        }
    }

    /** The feed says that B has a live patch; the server, asked directly before, says that it does not fit. */
    @Test
    void emptiesAHostThatTurnsOutToNeedARebootOnlyBeforeALaterUpdate() {
        String updates = "A:restartHost+lp B:restartHost+lp";
        PoolScenario pool = pool(2, updates, "B", update -> update.precheck("ok_livepatch_incomplete"));
        try (VirtualRun run = reading(pool, updates)) {
            Map<String, String> homes = homes(run);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            HostUpdate first = ended.hosts().get(0);
            assertThat(steps(first))
                    .containsExactly(
                            StepType.APPLY_UPDATE,
                            StepType.VERIFY,
                            StepType.ASSERT_EVACUABLE,
                            StepType.DISABLE_HOST,
                            StepType.EVACUATE,
                            StepType.APPLY_UPDATE,
                            StepType.VERIFY,
                            StepType.REBOOT,
                            StepType.AWAIT_HOST_LIVE,
                            StepType.AWAIT_STORAGE,
                            StepType.ENABLE_HOST,
                            StepType.RESTORE_VMS);
            assertThat(first.outcome()).isEqualTo(HostOutcome.REBOOTED);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(Objects.requireNonNull(HostProgress.planned(first)).updates())
                    .extracting(DecisionView.UpdateView::predicted)
                    .containsExactly(false, false);
        }
    }

    @Test
    void stopsBeforeALaterUpdateThatWouldNeedARebootWhereTheRequestForbidsOne() {
        String updates = "A:restartHost+lp B:restartHost+lp";
        PoolScenario pool = pool(2, updates, "B", update -> update.precheck("ok_livepatch_incomplete"));
        try (VirtualRun run = reading(pool, updates)) {
            PoolUpdate ended = run.job(
                    LATEST, Set.of(), TestPolicy.of(Mode.AUTOMATIC, LivePatching.REQUIRE, OnLivePatchFailure.WARN));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
            assertThat(applies(run)).containsExactly("0A");
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
            assertThat(Objects.requireNonNull(ended.failure()).code()).isEqualTo("SEQUENCE_STOPPED");
            assertThat(ended.failure().detail()).contains("B", "REQUIRE");
        }
    }

    @Test
    void rebootsBetweenTwoUpdatesWhereTheFirstOnesGuidanceIsMandatory() {
        String updates = "A*:restartHost B>A:restartXAPI";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            Map<String, String> homes = homes(run);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(steps(ended.hosts().get(1)))
                    .containsSubsequence(
                            StepType.EVACUATE,
                            StepType.APPLY_UPDATE,
                            StepType.VERIFY,
                            StepType.REBOOT,
                            StepType.AWAIT_STORAGE,
                            StepType.APPLY_UPDATE,
                            StepType.VERIFY,
                            StepType.RESTART_TOOLSTACK);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(2);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
        }
    }

    /** A boot enables the host by and by: it is waited for and disabled again, or the second reboot would be refused. */
    @Test
    void rebootsTwiceWhereTwoUpdatesNeedItAndTheFirstOnesGuidanceIsMandatory() {
        String updates = "A*:restartHost B>A:restartHost";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            Map<String, String> homes = homes(run);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(4);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
        }
    }

    /** No member gets what its coordinator does not get (R13, R28). */
    @Test
    void stopsInManualModeWhereAPersonMustRestartBeforeTheNextUpdate() {
        String updates = "A*:restartXAPI B>A:restartHost";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            PoolUpdate ended =
                    run.job(LATEST, Set.of(), TestPolicy.of(Mode.MANUAL, LivePatching.PREFER, OnLivePatchFailure.WARN));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applies(run)).containsExactly("0A", "1A");
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.MANUAL_ACTION_LEFT);
            assertThat(run.journal(JournalAction.TOOLSTACK_RESTARTED)).isEmpty();
            HostProgress told = HostProgress.of(ended, ended.hosts().get(0));
            assertThat(told.tasksLeft()).containsExactly(UpdateTask.RESTART_TOOLSTACK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WARN,   SUCCEEDED, MANUAL_ACTION_LEFT, 0, 0A 0B 1A 1B",
        "REBOOT, SUCCEEDED, REBOOTED,           2, 0A 0B 1A 1B",
        "FAIL,   FAILED,    ,                   0, 0A",
    })
    void doesAfterAFailedLivePatchWhatThePolicySays(
            OnLivePatchFailure policy, PoolUpdateState state, HostOutcome outcome, int reboots, String applied) {
        String updates = "A:restartHost+lp B>A:restartXAPI";
        PoolScenario pool = pool(2, updates, "A", UpdateScenario::livePatchFails);
        try (VirtualRun run = reading(pool, updates)) {
            PoolUpdate ended = run.job(LATEST, Set.of(), TestPolicy.of(Mode.AUTOMATIC, LivePatching.PREFER, policy));

            assertThat(ended.state()).as("%s", ended).isEqualTo(state);
            assertThat(ended.hosts().get(0).outcome()).isEqualTo(outcome);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(reboots);
            assertThat(String.join(" ", applies(run))).isEqualTo(applied);
            boolean restarts = policy == OnLivePatchFailure.WARN;
            assertThat(run.journal(JournalAction.TOOLSTACK_RESTARTED)).hasSize(restarts ? 2 : 0);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
        }
    }

    @Test
    void putsAHostBackIntoServiceWhoseServerRefusesALaterUpdate() {
        String updates = "A:restartHost B>A";
        PoolScenario pool = pool(
                2,
                updates,
                "B",
                update -> update.precheckFailsOn(0, "UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "B", "1", "2"));
        try (VirtualRun run = reading(pool, updates)) {
            Map<String, String> homes = homes(run);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
            Failure why = Objects.requireNonNull(ended.failure());
            assertThat(why.code()).isEqualTo("SEQUENCE_STOPPED");
            assertThat(why.xapiError()).startsWith("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE");
            assertThat(why.detail())
                    .isEqualTo(
                            "The server's precheck says UPDATE_PRECHECK_FAILED_OUT_OF_SPACE of update B. Not applied on host "
                                    + "images-host-1: B. The updates before them are installed and finished as the request says; no further "
                                    + "host starts.");
            assertThat(applies(run)).containsExactly("0A");
            // what A left to do was done
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(1);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
            assertThat(ended.hosts().get(1).state()).isEqualTo(HostUpdateState.SKIPPED);
        }
    }

    /** A process is killed where it matters, and another goes on. */
    @ParameterizedTest
    @EnumSource(DeathTests.Moment.class)
    void goesOnWithoutDoingAnythingTwice(DeathTests.Moment moment) {
        String updates = "A:restartHost B>A:restartHost";
        try (VirtualRun run = reading(pool(2, updates), updates)) {
            Map<String, String> homes = homes(run);
            run.store().dieWhen(moment.about(), moment == DeathTests.Moment.APPLY_NOT_SENT);

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applies(run)).containsExactly("0A", "0B", "1A", "1B");
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(2);
            assertThat(homes(run)).isEqualTo(homes);
            assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
        }
    }
}
