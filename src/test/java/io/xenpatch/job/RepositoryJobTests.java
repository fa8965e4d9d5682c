package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.DecisionView;
import io.xenpatch.assessment.TestAssessment;
import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.OnUpdatesChanged;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.simulator.repository.LivePatchComponent;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmUuid;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on pools with a repository of updates, in virtual time (R14, R15, R22, R28, R36). */
class RepositoryJobTests {
    private static final UpdateChoice LATEST = new UpdateChoice.Latest();
    private static final UpdateChoice LEFT = new UpdateChoice.PendingTasksOnly();

    @Test
    void livePatchesEveryHostInTurnWhileItsGuestsStay() {
        try (VirtualRun run = of(pool(UpdateSet.LIVE))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.LIVE_PATCHED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
            assertThat(run.journal(JournalAction.VM_MIGRATED)).isEmpty();
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
            assertAllEnabled(run);
        }
    }

    @Test
    void rebootsEveryHostOnceAndBringsItsGuestsHome() {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT))) {
            Map<VmUuid, HostUuid> before = run.homes();

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(run.inOrder());
            assertThat(run.homes()).isEqualTo(before);
            assertThat(run.seen().hosts())
                    .allSatisfy(host -> assertThat(host.software().updateHash()).isEqualTo(ended.pinned()));
            assertAllEnabled(run);
        }
    }

    /** R27: a host enables itself a while after its storage is attached. From xapi 25.31 it can be told not to. */
    @Test
    void disablesAHostInMaintenanceAgainOnceItHasEnabledItself() {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT).host(2, HostScenario::disabled))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), including());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.seen().host(run.host(2)).orElseThrow().enabled()).isFalse();
            assertThat(run.journal(JournalAction.DISABLE))
                    .filteredOn(entry -> entry.hostUuid().equals(run.host(2).toString()))
                    .extracting(JournalEntry::detail)
                    .containsExactly("until enabled");
            assertThat(run.journal(JournalAction.DISABLE))
                    .filteredOn(entry -> !entry.hostUuid().equals(run.host(2).toString()))
                    .extracting(JournalEntry::detail)
                    .containsExactly("", "");
        }
    }

    @Test
    void doesNotWaitForeverForAHostThatAPersonDisabledForGood() {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT).host(2, HostScenario::disabledUntilEnabled))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), including());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.seen().host(run.host(2)).orElseThrow().enabled()).isFalse();
            assertThat(run.journal(JournalAction.ENABLE))
                    .extracting(JournalEntry::hostUuid)
                    .doesNotContain(run.host(2).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"TOOLSTACK,TOOLSTACK_RESTARTED,3", "NOTHING,NO_ACTION,0"})
    void carriesOutNoMoreThanIsAskedFor(UpdateSet set, HostOutcome outcome, int toolstackRestarts) {
        try (VirtualRun run = of(pool(set))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(outcome);
            assertThat(run.journal(JournalAction.TOOLSTACK_RESTARTED)).hasSize(toolstackRestarts);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
            assertThat(run.journal(JournalAction.VM_MIGRATED)).isEmpty();
            assertAllEnabled(run);
        }
    }

    /** The need to reboot is only in the task's result and in the recommended list. */
    @ParameterizedTest
    @CsvSource({
        "WARN,SUCCEEDED,MANUAL_ACTION_LEFT,0",
        "REBOOT,SUCCEEDED,REBOOTED,3",
        "FAIL,FAILED,,0",
    })
    void doesAfterAFailedLivePatchWhatThePolicySays(
            OnLivePatchFailure policy, PoolUpdateState state, HostOutcome outcome, int reboots) {
        try (VirtualRun run = of(pool(UpdateSet.FAILS))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), policy(Mode.AUTOMATIC, policy));

            assertThat(ended.state()).as("%s", ended).isEqualTo(state);
            assertThat(ended.hosts().get(0).outcome()).isEqualTo(outcome);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(reboots);
            assertThat(run.journal(JournalAction.APPLY)).hasSize(policy == OnLivePatchFailure.FAIL ? 1 : 3);
            assertAllEnabled(run);
        }
    }

    @Test
    void carriesOutWhatAnEarlierJobLeft() {
        try (VirtualRun run = of(pool(UpdateSet.FAILS))) {
            run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            PoolUpdate ended = run.job(LEFT, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.journal(JournalAction.APPLY))
                    .as("nothing is applied again")
                    .hasSize(3);
            assertThat(run.seen().hosts())
                    .allSatisfy(host -> assertThat(host.software().pending().at(GuidanceLevel.RECOMMENDED))
                            .isEmpty());
        }
    }

    /** R10: after all hosts, on VMs that run and still owe it. */
    @ParameterizedTest
    @CsvSource({"LIST,0,0", "DEVICE_MODELS,6,0", "ALL,0,6"})
    void restartsVmsAfterAllHostsAsFarAsTheRequestSays(VmRestarts restarts, int deviceModels, int reboots) {
        try (VirtualRun run = of(bare().repository(
                        "vms",
                        repository -> repository
                                .everyHost(host -> host.installed("xsconsole-11.0.5-1.xs8.x86_64"))
                                .update(
                                        "UPDATE-VMS",
                                        update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64")
                                                .recommended("RestartDeviceModel")
                                                .full("RestartVM"))
                                .synchronised()))) {
            PoolUpdate ended =
                    run.job(LATEST, Set.of(), policy(OnLivePatchFailure.WARN, OnUpdatesChanged.STOP, restarts));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts())
                    .allSatisfy(host -> assertThat(host.warnings()).isEmpty());
            assertThat(run.journal(JournalAction.DEVICE_MODEL_RESTARTED)).hasSize(deviceModels);
            assertThat(run.journal(JournalAction.VM_REBOOTED)).hasSize(reboots);
            assertThat(run.pool().journal().stream()
                            .map(JournalEntry::action)
                            .filter(action -> action == JournalAction.APPLY
                                    || action == JournalAction.VM_REBOOTED
                                    || action == JournalAction.DEVICE_MODEL_RESTARTED)
                            .limit(3))
                    .as("no VM before the last host")
                    .containsOnly(JournalAction.APPLY);
        }
    }

    @Test
    void warnsOfAVmThatCouldNotBeRestartedAndFinishes() {
        try (VirtualRun run = of(bare().repository(
                        "vms",
                        repository -> repository
                                .everyHost(host -> host.installed("xsconsole-11.0.5-1.xs8.x86_64"))
                                .update(
                                        "UPDATE-VMS",
                                        update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64")
                                                .full("RestartVM"))
                                .synchronised()))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.API_ERROR)
                            .forMethod("Async.VM.clean_reboot")
                            .failingWith("VM_LACKS_FEATURE", "OpaqueRef:vm"));

            PoolUpdate ended =
                    run.job(LATEST, Set.of(), policy(OnLivePatchFailure.WARN, OnUpdatesChanged.STOP, VmRestarts.ALL));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts().stream().flatMap(host -> host.warnings().stream()))
                    .singleElement()
                    .asString()
                    .startsWith("VM_NOT_RESTARTED")
                    .contains("VM_LACKS_FEATURE");
            assertThat(run.journal(JournalAction.VM_REBOOTED)).hasSize(5);
        }
    }

    @Test
    void takesAHashAsAConditionAndNotAsASelection() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            PoolUpdate refused = run.job(new UpdateChoice.AtHash("0000"), Set.of(), UpdatePolicy.defaults());
            String hash = hash(run);
            PoolUpdate promoted = run.job(new UpdateChoice.AtHash(hash), Set.of(), UpdatePolicy.defaults());

            assertThat(refused.state()).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(failure(refused).code()).isEqualTo("PROMOTION_HASH_DIFFERS");
            assertThat(promoted.state()).as("%s", promoted).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.APPLY)).hasSize(3);
        }
    }

    @Test
    void plansAgainWhenTheRepositoryChangesBeforeTheFirstApply() {
        try (VirtualRun run = of(changing())) {
            String before = hash(run);
            run.pool().inject(Fault.on(run.seen().uuid().toString(), FaultKind.UPDATES_CHANGE));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.replans()).isOne();
            assertThat(ended.pinned()).isEqualTo(hash(run)).isNotEqualTo(before);
            assertThat(applied(run)).containsExactlyElementsOf(run.inOrder());
            assertAllEnabled(run);
        }
    }

    /** R15: never another state to a member than the coordinator has. */
    @Test
    void startsNoMemberWhenTheRepositoryChangesAfterTheCoordinator() {
        try (VirtualRun run = of(changing())) {
            PoolUpdate ended = changedAfterTheCoordinator(run, UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
            assertThat(failure(ended).code()).isEqualTo("UPDATES_CHANGED");
            assertThat(applied(run)).containsExactly(run.inOrder().get(0));
            assertAllEnabled(run);
        }
    }

    @Test
    void beginsAgainWithTheCoordinatorWhenTheRepositoryChangesAndTheRequestSaysSo() {
        try (VirtualRun run = of(changing())) {
            PoolUpdate ended = changedAfterTheCoordinator(
                    run, policy(OnLivePatchFailure.WARN, OnUpdatesChanged.REPLAN, VmRestarts.LIST));

            List<String> hosts = run.inOrder();
            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applied(run)).containsExactly(hosts.get(0), hosts.get(0), hosts.get(1), hosts.get(2));
            assertThat(run.seen().hosts())
                    .allSatisfy(host -> assertThat(host.software().updateHash()).isEqualTo(hash(run)));
            assertAllEnabled(run);
        }
    }

    /** R18, R25: a host whose reboot is put off is no second one that its pool has to do without. */
    @Test
    void enablesAHostAgainWhileItsRebootIsPutOff() {
        try (VirtualRun run =
                of(pool(UpdateSet.FAILS).vm("pinned", vm -> vm.host(1).blocked("pool_migrate", "for now")))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), policy(Mode.AUTOMATIC, OnLivePatchFailure.REBOOT));

            List<String> hosts = run.inOrder();
            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts())
                    .extracting(HostUpdate::outcome)
                    .containsExactly(HostOutcome.REBOOTED, HostOutcome.MANUAL_ACTION_LEFT, HostOutcome.REBOOTED);
            assertThat(run.pool().journal().stream()
                            .filter(entry ->
                                    entry.action() == JournalAction.DISABLE || entry.action() == JournalAction.ENABLE)
                            .filter(entry -> !entry.hostUuid().equals(hosts.get(0)))
                            .limit(3)
                            .map(entry -> entry.action() + " " + hosts.indexOf(entry.hostUuid())))
                    .containsExactly("DISABLE 1", "ENABLE 1", "DISABLE 2");
            assertAllEnabled(run);
        }
    }

    /** R15, R18: what was put off belongs to an apply that is no longer the last one. */
    @Test
    void beginsAHostAgainWhoseRebootWasPutOffWhenTheRepositoryChanges() {
        try (VirtualRun run =
                of(changingWithFailingLivePatch().vm("pinned", vm -> vm.host(1).blocked("pool_migrate", "for now")))) {
            String pool = run.seen().uuid().toString();
            VmUuid pinned = run.seen().vms().stream()
                    .filter(vm -> vm.name().equals("pinned"))
                    .findFirst()
                    .orElseThrow()
                    .uuid();

            PoolUpdate ended = run.job(
                    LATEST,
                    Set.of(),
                    policy(OnLivePatchFailure.REBOOT, OnUpdatesChanged.REPLAN, VmRestarts.LIST),
                    () -> run.hosts(JournalAction.DISABLE).contains(run.host(2).toString()),
                    () -> {
                        run.pool().inject(Fault.on(pool, FaultKind.UPDATES_CHANGE));
                        run.pool().person("VM.remove_from_blocked_operations", pinned, "pool_migrate");
                    });

            List<String> hosts = run.inOrder();
            HostUpdate putOff = ended.hostUpdate(run.host(1));
            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.replans()).isOne();
            assertThat(applied(run))
                    .containsExactly(hosts.get(0), hosts.get(1), hosts.get(0), hosts.get(1), hosts.get(2));
            assertThat(putOff.deferred()).isFalse();
            assertThat(putOff.outcome()).isEqualTo(HostOutcome.REBOOTED);
            assertThat(run.hosts(JournalAction.REBOOT_STARTED)).containsExactlyElementsOf(hosts);
            assertThat(run.seen().hosts())
                    .allSatisfy(host -> assertThat(host.software().updateHash()).isEqualTo(hash(run)));
            assertAllEnabled(run);
        }
    }

    private static PoolScenario changingWithFailingLivePatch() {
        String build = "1f2e3d4c5b6a79880102030405060708090a0b0c";
        return bare().repository(
                        "changing",
                        repository -> repository
                                .everyHost(host -> host.installed(
                                                "xen-hypervisor-4.17.3-3.10.xs8.x86_64",
                                                "xsconsole-11.0.5-1.xs8.x86_64")
                                        .build(LivePatchComponent.XEN, build)
                                        .livePatchFails(LivePatchComponent.XEN))
                                .update(
                                        "UPDATE-NOW",
                                        update -> update.packages("xen-hypervisor-4.17.3-3.11.xs8.x86_64")
                                                .livePatch(
                                                        LivePatchComponent.XEN,
                                                        build,
                                                        "4.17.3-3.10.xs8",
                                                        "4.17.3-3.11.xs8")
                                                .build(
                                                        LivePatchComponent.XEN,
                                                        "1111111111111111111111111111111111111111")
                                                .recommended("RebootHost"))
                                .later("UPDATE-LATER", update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64"))
                                .synchronised());
    }

    private static PoolUpdate changedAfterTheCoordinator(VirtualRun run, UpdatePolicy policy) {
        return run.job(
                LATEST,
                Set.of(),
                policy,
                () -> !applied(run).isEmpty(),
                () -> run.pool().inject(Fault.on(run.seen().uuid().toString(), FaultKind.UPDATES_CHANGE)));
    }

    /** Its repository gets one more update when {@code UPDATES_CHANGE} strikes. */
    private static PoolScenario changing() {
        return bare().repository(
                        "changing",
                        repository -> repository
                                .everyHost(host -> host.installed("xsconsole-11.0.5-1.xs8.x86_64"))
                                .update("UPDATE-NOW", update -> update.packages("xsconsole-11.0.6-1.xs8.x86_64"))
                                .later("UPDATE-LATER", update -> update.packages("xsconsole-11.0.7-1.xs8.x86_64"))
                                .synchronised());
    }

    private static String hash(VirtualRun run) {
        return run.seen().repositories().source().orElseThrow().hash();
    }

    /** R22: an answer that is lost, and a task that is lost, are observed; nothing is applied twice. */
    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET", "TASK_LOST"})
    void appliesOnceWhenNobodySaysHowTheApplyEnded(FaultKind fault) {
        try (VirtualRun run = of(pool(UpdateSet.LIVE))) {
            run.pool().inject(Fault.on(run.seen().uuid().toString(), fault).forMethod("Async.host.apply_updates"));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.LIVE_PATCHED);
            assertThat(run.hosts(JournalAction.APPLY)).containsExactlyElementsOf(run.inOrder());
        }
    }

    /** What the apply said of the live patch is lost with its task; the recommended list has it. */
    @Test
    void learnsFromTheListsThatALivePatchFailedWhenTheTaskIsLost() {
        try (VirtualRun run = of(pool(UpdateSet.FAILS))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.TASK_LOST)
                            .forMethod("Async.host.apply_updates")
                            .times(3));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.MANUAL_ACTION_LEFT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC_UPDATES_IN_PROGRESS", "APPLY_UPDATES_IN_PROGRESS", "GET_UPDATES_IN_PROGRESS"})
    void waitsWhileSomebodyElseWorksOnThePool(String code) {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.API_ERROR)
                            .forMethod("Async.host.apply_updates")
                            .failingWith(code)
                            .times(2));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(applied(run)).containsExactlyElementsOf(run.inOrder());
        }
    }

    /** Nothing was installed, so the host goes back into service. */
    @Test
    void putsAHostBackIntoServiceWhenSomebodyElseWorksOnThePoolForTooLong() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.APPLY_FAILS)
                            .failingWith("SYNC_UPDATES_IN_PROGRESS")
                            .times(1_000));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
            assertThat(failure(ended).xapiError()).contains("SYNC_UPDATES_IN_PROGRESS");
            assertThat(applied(run)).isEmpty();
            assertAllEnabled(run);
        }
    }

    /** REQ-17: nothing foretold it; the host is emptied and asked once more, and no other host is. */
    @Test
    void emptiesAHostThatTheServerWantsEmptyAfterAll() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.APPLY_FAILS)
                            .failingWith("HOST_EVACUATION_IS_REQUIRED", "OpaqueRef:host"));

            PoolUpdate ended = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.hosts(JournalAction.EVACUATE))
                    .containsExactly(run.inOrder().get(0));
            assertThat(applied(run)).containsExactlyElementsOf(run.inOrder());
            assertAllEnabled(run);
        }
    }

    /** R28: no member starts while the coordinator is left with a restart. */
    @Test
    void stopsBehindACoordinatorThatManualModeLeavesWithAReboot() {
        try (VirtualRun run = of(pool(UpdateSet.REBOOT))) {
            PoolUpdate ended = run.job(LATEST, Set.of(), policy(Mode.MANUAL, OnLivePatchFailure.WARN));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts().get(0).outcome()).isEqualTo(HostOutcome.MANUAL_ACTION_LEFT);
            assertThat(ended.hosts().subList(1, 3)).allSatisfy(host -> {
                assertThat(host.state()).isEqualTo(HostUpdateState.SKIPPED);
                assertThat(Objects.requireNonNull(host.failure()).code()).isEqualTo("COORDINATOR_RESTART_PENDING");
            });
            assertThat(applied(run)).hasSize(1);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
        }
    }

    @Test
    void doesNotStartWhileHighAvailabilityIsOn() {
        try (VirtualRun run = of(pool(UpdateSet.NOTHING).haEnabled())) {
            assertThat(rejectedFor(run.job(LATEST, Set.of(), UpdatePolicy.defaults())))
                    .isEqualTo("HA_ENABLED");
        }
    }

    @Test
    void doesNotStartWithoutARepository() {
        try (VirtualRun run = of(bare())) {
            assertThat(rejectedFor(run.job(LATEST, Set.of(), UpdatePolicy.defaults())))
                    .isEqualTo("NO_REPOSITORY_ENABLED");
        }
    }

    @Test
    void doesNotStartOnARepositoryThatWasNeverSynchronised() {
        try (VirtualRun run = of(bare().repository("fresh", repository -> repository))) {
            assertThat(rejectedFor(run.job(LATEST, Set.of(), UpdatePolicy.defaults())))
                    .isEqualTo("NEVER_SYNCHRONISED");
        }
    }

    @Test
    void takesNoHashWhereThereIsNoRepositoryThatCouldHaveIt() {
        try (VirtualRun run = of(Scenario.pool("images").hosts(2).update("LIVE"))) {
            assertThat(rejectedFor(run.job(new UpdateChoice.AtHash("0f3a"), Set.of(), UpdatePolicy.defaults())))
                    .isEqualTo("UPDATE_CHOICE_NOT_SUPPORTED");
        }
    }

    /** P8.1. */
    @ParameterizedTest
    @EnumSource
    void doesWhatTheAssessmentSaid(UpdateSet set) {
        try (VirtualRun run = of(pool(set))) {
            var said = TestAssessment.of(
                    run.xapi(), LATEST, Set.of(), UpdatePolicy.defaults(), run.pool(), run.pool()::advanceTo);

            PoolUpdate did = run.job(LATEST, Set.of(), UpdatePolicy.defaults());

            assertThat(did.hosts())
                    .extracting(host -> DecisionView.of(Objects.requireNonNull(host.planned())))
                    .isEqualTo(said.hosts());
            if (set != UpdateSet.FAILS) {
                assertThat(did.hosts().get(0).steps())
                        .extracting(Step::type)
                        .isEqualTo(said.steps().stream()
                                .filter(step ->
                                        step.hostUuid().equals(run.host(0).value()))
                                .map(step -> step.type())
                                .toList());
            }
            assertThat(did.hosts().get(0).steps()).extracting(Step::type).contains(StepType.APPLY_UPDATE);
        }
    }

    private static String rejectedFor(PoolUpdate ended) {
        assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
        return failure(ended).code();
    }

    private static Failure failure(PoolUpdate ended) {
        return Objects.requireNonNull(ended.failure());
    }

    private static List<String> applied(VirtualRun run) {
        return run.journal(JournalAction.APPLY).stream()
                .filter(entry -> entry.detail().equals("ok"))
                .map(JournalEntry::hostUuid)
                .toList();
    }

    private static void assertAllEnabled(VirtualRun run) {
        assertThat(run.seen().hosts()).allMatch(HostSnapshot::enabled);
    }

    private static UpdatePolicy policy(Mode mode, OnLivePatchFailure onFailure) {
        return policy(mode, onFailure, OnUpdatesChanged.STOP, VmRestarts.LIST);
    }

    private static UpdatePolicy policy(OnLivePatchFailure onFailure, OnUpdatesChanged onChange, VmRestarts restarts) {
        return policy(Mode.AUTOMATIC, onFailure, onChange, restarts);
    }

    private static UpdatePolicy policy(
            Mode mode, OnLivePatchFailure onFailure, OnUpdatesChanged onChange, VmRestarts restarts) {
        return new UpdatePolicy(
                mode,
                LivePatching.PREFER,
                onFailure,
                OnBlocker.REJECT,
                OnMaintenance.SKIP,
                Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED),
                VmPlacementAfter.HOME,
                Set.of(),
                false,
                onChange,
                restarts,
                Set.of());
    }

    private static UpdatePolicy including() {
        UpdatePolicy usual = UpdatePolicy.defaults();
        return new UpdatePolicy(
                usual.mode(),
                usual.livePatching(),
                usual.onLivePatchFailure(),
                usual.onBlocker(),
                OnMaintenance.INCLUDE,
                usual.guidanceLevels(),
                usual.vmPlacementAfter(),
                usual.fixes(),
                usual.leaveDisabled(),
                usual.onUpdatesChanged(),
                usual.vmRestarts(),
                usual.acknowledged());
    }

    private static PoolScenario pool(UpdateSet set) {
        return bare().repository(set);
    }

    private static PoolScenario bare() {
        return Scenario.pool("repository").profile(Profile.XENSERVER_8).hosts(3).vmsEach(2);
    }

    private static VirtualRun of(PoolScenario pool) {
        return VirtualRun.of(Scenario.of(pool));
    }
}
