package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.HostScenario;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.UpdateSet;
import io.xenpatch.simulator.pool.HostAddress;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole jobs on one pool in virtual time: what takes hours there takes no time here. */
class VirtualRunTests {

    @Test
    void updatesAHostInMaintenanceWhenAskedToAndLeavesItDisabled() {
        try (VirtualRun run = of(Scenario.pool("include")
                .hosts(3)
                .vmsEach(1)
                .host(2, HostScenario::disabled)
                .update("REBOOT"))) {
            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), policy(OnBlocker.REJECT, OnMaintenance.INCLUDE));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(3);
            assertThat(run.seen().host(run.host(2)).orElseThrow().enabled()).isFalse();
            assertThat(run.seen().host(run.host(0)).orElseThrow().enabled()).isTrue();
        }
    }

    @Test
    void rejectsAHostInMaintenanceUnlessToldOtherwise() {
        try (VirtualRun run = of(Scenario.pool("maintenance")
                .hosts(2)
                .host(1, HostScenario::inMaintenance)
                .update("LIVE"))) {
            PoolUpdate ended = run.job(run.update("LIVE"), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(failure(ended).code()).isEqualTo("HOST_IN_MAINTENANCE");
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
        }
    }

    @Test
    void leavesTheRebootAfterAFailedLivePatchWhenAGuestCanNotLeaveEvenAtTheEnd() {
        try (VirtualRun run = of(Scenario.pool("later")
                .hosts(3)
                .vm("pinned", vm -> vm.host(1).blocked("pool_migrate", "for now"))
                .update("FAILS"))) {
            PoolUpdate ended = run.job(
                    run.update("FAILS"),
                    Set.of(),
                    policy(OnBlocker.REJECT, OnMaintenance.SKIP, OnLivePatchFailure.REBOOT));

            HostUpdate pinned = ended.hostUpdate(run.host(1));
            assertThat(pinned.deferred()).as("tried once more at the end").isTrue();
            assertThat(pinned.outcome()).isEqualTo(HostOutcome.MANUAL_ACTION_LEFT);
            assertThat(failure(pinned).code()).isEqualTo("EVACUATION_BLOCKED");
            assertThat(ended.hostUpdate(run.host(2)).outcome()).isEqualTo(HostOutcome.REBOOTED);
            List<String> ends = ended.hosts().stream()
                    .filter(host -> host.finishedAt() != null)
                    .sorted(Comparator.comparing(host -> Objects.requireNonNull(host.finishedAt())))
                    .map(host -> host.host().toString())
                    .toList();
            assertThat(ends).last().isEqualTo(run.host(1).toString());
            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        }
    }

    @Test
    void rebootsAtTheEndWhatCouldNotBeEmptiedWhenItsTurnWas() {
        try (VirtualRun run = of(Scenario.pool("unpinned")
                .hosts(3)
                .vm("pinned", vm -> vm.host(1).blocked("pool_migrate", "for now"))
                .update("FAILS"))) {
            VmUuid pinned = run.seen().vms().get(0).uuid();

            PoolUpdate ended = run.job(
                    run.update("FAILS"),
                    Set.of(),
                    policy(OnBlocker.REJECT, OnMaintenance.SKIP, OnLivePatchFailure.REBOOT),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 2,
                    () -> run.pool().person("VM.remove_from_blocked_operations", pinned, "pool_migrate"));

            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
            assertThat(ended.hostUpdate(run.host(1)).failure()).isNull();
            assertThat(run.journal(JournalAction.REBOOT_STARTED))
                    .extracting(JournalEntry::hostUuid)
                    .containsExactly(
                            run.host(0).toString(),
                            run.host(2).toString(),
                            run.host(1).toString());
        }
    }

    @Test
    void bringsGuestsHomeAFewAtATimeButNotMore() {
        try (VirtualRun run = of(Scenario.pool("home").hosts(2).vmsEach(7).update("REBOOT"))) {
            Map<VmUuid, HostUuid> before = run.homes();

            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.hosts())
                    .allSatisfy(host -> assertThat(host.warnings()).isEmpty());
            assertThat(run.homes()).isEqualTo(before);
            assertThat(atOnce(homeward(run, 0))).isEqualTo(TestSettings.job().vmsAtOnce());
        }
    }

    @Test
    void namesTheGuestThatDoesNotComeHomeAndFinishesItsHost() {
        try (VirtualRun run = of(Scenario.pool("stray").hosts(2).vmsEach(2).update("REBOOT"))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.VM_REFUSES_TO_MOVE)
                            .onHost(run.host(1).toString())
                            .times(1_000));

            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(run.host(0)), UpdatePolicy.defaults());

            HostUpdate host = ended.hosts().get(0);
            assertThat(host.outcome()).isEqualTo(HostOutcome.REBOOTED);
            assertThat(host.warnings())
                    .hasSize(1)
                    .allSatisfy(warning ->
                            assertThat(warning).startsWith("VM_NOT_HOME").contains("vm-1-1", "vm-1-2"));
            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
        }
    }

    @Test
    void finishesWhenThePoolGetsAnotherCoordinatorWhileAHostReboots() {
        try (VirtualRun run = of(Scenario.pool("moved").hosts(3).vmsEach(1).update("REBOOT"))) {
            PoolUpdate ended = run.job(
                    run.update("REBOOT"),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 2,
                    () -> run.pool().designateCoordinator(2));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.COORDINATOR_CHANGED)).hasSize(1);
            assertThat(run.seen().coordinator()).isEqualTo(run.host(2));
            assertEachOfThreeHostsOnce(run, JournalAction.APPLY);
            assertEachOfThreeHostsOnce(run, JournalAction.REBOOT_STARTED);
        }
    }

    @Test
    void finishesWhenASupporterTakesOverFromTheCoordinatorThatLosesPowerForAWhile() {
        try (VirtualRun run = of(Scenario.pool("taken").hosts(3).vmsEach(1).update("REBOOT"))) {
            String pool = run.seen().uuid().toString();

            PoolUpdate ended = run.job(
                    run.update("REBOOT"),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 2,
                    () -> run.pool()
                            .inject(Fault.on(pool, FaultKind.EMERGENCY_TAKEOVER)
                                    .onHost(run.host(2).toString())
                                    .lasting(Duration.ofMinutes(5))));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.xapi().access().endpoint().host()).isEqualTo(HostAddress.of(2));
            assertThat(run.seen().coordinator()).isEqualTo(run.host(2));
            assertEachOfThreeHostsOnce(run, JournalAction.APPLY);
            assertEachOfThreeHostsOnce(run, JournalAction.REBOOT_STARTED);
        }
    }

    /** Whatever a host did without being told to does not count. */
    private static void assertEachOfThreeHostsOnce(VirtualRun run, JournalAction action) {
        assertThat(run.journal(action))
                .filteredOn(entry -> !entry.detail().equals("died"))
                .extracting(JournalEntry::hostUuid)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void leavesAGuestAloneThatAPersonStoppedMeanwhile() {
        try (VirtualRun run = of(Scenario.pool("stopped").hosts(2).vmsEach(1).update("REBOOT"))) {
            VmSnapshot guest = run.seen().residentOn(run.host(1)).get(0);

            PoolUpdate ended = run.job(
                    run.update("REBOOT"),
                    Set.of(),
                    UpdatePolicy.defaults(),
                    () -> run.journal(JournalAction.REBOOT_STARTED).size() == 2,
                    () -> run.pool().person("VM.clean_shutdown", guest.uuid()));

            assertThat(ended.hosts())
                    .allSatisfy(host -> assertThat(host.warnings()).isEmpty());
            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.seen().vm(guest.uuid()).orElseThrow().powerState().isResident())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void plugsStorageThatStaysAwayAfterARebootAndStopsThePoolWhenThatDoesNotHelp(boolean helps) {
        try (VirtualRun run = of(Scenario.pool("storage").hosts(3).vmsEach(1).update("REBOOT"))) {
            String pool = run.seen().uuid().toString();
            run.pool()
                    .inject(Fault.on(pool, FaultKind.STORAGE_MISSING)
                            .onHost(run.host(0).toString()));
            if (!helps) {
                run.pool()
                        .inject(Fault.on(pool, FaultKind.API_ERROR)
                                .forMethod("Async.PBD.plug")
                                .failingWith("SR_BACKEND_FAILURE_46", "", "no path", "")
                                .times(1_000));
            }

            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), UpdatePolicy.defaults());

            if (helps) {
                assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            } else {
                assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
                assertThat(failure(ended.hosts().get(0)).code()).isEqualTo("STORAGE_NOT_ATTACHED");
                assertThat(ended.hosts().subList(1, 3))
                        .extracting(HostUpdate::state)
                        .containsOnly(HostUpdateState.SKIPPED);
                assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(1);
                assertThat(run.seen().host(run.host(0)).orElseThrow().storage()).anyMatch(pbd -> !pbd.attached());
            }
        }
    }

    /** Finding 14: the toolstack knows the call, but the script that does it is not on the host. */
    @Test
    void failsTheHostThatLacksTheScriptOfACallAndSaysSo() {
        try (VirtualRun run =
                of(Scenario.pool("older").hosts(2).update("REBOOT").withoutExtension("pool_update.apply"))) {
            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), UpdatePolicy.defaults());

            HostUpdate first = ended.hostUpdate(run.host(0));
            assertThat(first.state()).isEqualTo(HostUpdateState.FAILED);
            assertThat(failure(first).code()).isEqualTo("APPLY_FAILED");
            assertThat(failure(first).detail()).contains("MESSAGE_METHOD_UNKNOWN", "is not installed on the host");
            assertThat(failure(first).xapiError()).containsExactly("MESSAGE_METHOD_UNKNOWN", "pool_update.apply");
            assertThat(ended.hostUpdate(run.host(1)).state()).isEqualTo(HostUpdateState.SKIPPED);
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
        }
    }

    @Test
    void failsTheHostThatDoesNotComeBackAndSaysWhatToDo() {
        try (VirtualRun run = of(Scenario.pool("gone").hosts(3).vmsEach(1).update("REBOOT"))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.HOST_NEVER_RETURNS)
                            .onHost(run.host(1).toString()));

            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            HostUpdate gone = ended.hostUpdate(run.host(1));
            assertThat(gone.state()).isEqualTo(HostUpdateState.FAILED);
            assertThat(failure(gone).detail()).contains(gone.name());
            assertThat(ended.hostUpdate(run.host(2)).state()).isEqualTo(HostUpdateState.SKIPPED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesOneHostDisabledAtMostInManualMode(boolean leaveDisabled) {
        try (VirtualRun run = of(Scenario.pool("manual").hosts(3).vmsEach(1).update("REBOOT"))) {
            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), manual(leaveDisabled));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.REBOOT_STARTED)).isEmpty();
            if (leaveDisabled) {
                assertThat(ended.hosts().get(0).outcome()).isEqualTo(HostOutcome.MANUAL_ACTION_LEFT);
                assertThat(ended.hosts().subList(1, 3))
                        .allSatisfy(host -> assertThat(failure(host).code()).isEqualTo("CAPACITY_EXHAUSTED"));
                assertThat(run.journal(JournalAction.APPLY)).hasSize(1);
                assertThat(run.seen().hosts())
                        .filteredOn(host -> !host.enabled())
                        .hasSize(1);
            } else {
                assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.MANUAL_ACTION_LEFT);
                assertThat(run.seen().hosts()).allMatch(host -> host.enabled());
            }
        }
    }

    @Test
    void waitsAsLongAsTheSettingsSayAndNotLonger() {
        PoolScenario pool = Scenario.pool("late").hosts(2).update("REBOOT");
        try (VirtualRun run =
                VirtualRun.of(Scenario.of(pool), TestSettings.job(Map.of("reboot", "5m", "host-live", "5m")))) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.HOST_RETURNS_LATE)
                            .onHost(run.host(1).toString())
                            .lasting(Duration.ofMinutes(20)));

            PoolUpdate ended = run.job(run.update("REBOOT"), Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.FAILED);
            assertThat(Duration.between(ended.createdAt(), ended.finishedAt())).isLessThan(Duration.ofMinutes(12));
        }
    }

    private static VirtualRun of(PoolScenario pool) {
        return VirtualRun.of(Scenario.of(pool));
    }

    private static List<JournalEntry> homeward(VirtualRun run, int host) {
        return run.journal(JournalAction.VM_MIGRATED).stream()
                .filter(entry -> entry.detail().endsWith("to " + run.host(host)))
                .toList();
    }

    /** The most that were under way at one moment. */
    private static int atOnce(List<JournalEntry> moves) {
        return moves.stream()
                .map(JournalEntry::startedAt)
                .map(Objects::requireNonNull)
                .mapToInt(moment -> (int) moves.stream()
                        .filter(move -> !Objects.requireNonNull(move.startedAt())
                                        .isAfter(moment)
                                && Objects.requireNonNull(move.finishedAt()).isAfter(moment))
                        .count())
                .max()
                .orElse(0);
    }

    private static Failure failure(PoolUpdate pool) {
        return Objects.requireNonNull(pool.failure());
    }

    private static Failure failure(HostUpdate host) {
        return Objects.requireNonNull(host.failure());
    }

    private static UpdatePolicy policy(OnBlocker onBlocker, OnMaintenance onMaintenance) {
        return policy(onBlocker, onMaintenance, OnLivePatchFailure.WARN);
    }

    private static UpdatePolicy policy(OnBlocker onBlocker, OnMaintenance onMaintenance, OnLivePatchFailure onFailure) {
        return policy(Mode.AUTOMATIC, onBlocker, onMaintenance, onFailure, false);
    }

    /** R28: disabled only for the apply, and nobody has anything left to do there. */
    @ParameterizedTest
    @EnumSource(
            value = TestChannel.class,
            names = {"REPOSITORY", "PACKAGES"})
    void enablesAHostAgainOnWhichNothingIsLeftThoughManualOnesStayDisabled(TestChannel channel) {
        try (VirtualRun run = of(channel.offering(
                UpdateSet.NOTHING, Scenario.pool("manual").hosts(2).vmsEach(1)))) {
            PoolUpdate ended = run.job(channel.choice(run), Set.of(), manual(true));

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.NO_ACTION);
            assertThat(run.seen().hosts()).allMatch(host -> host.enabled());
        }
    }

    private static UpdatePolicy manual(boolean leaveDisabled) {
        return policy(Mode.MANUAL, OnBlocker.REJECT, OnMaintenance.SKIP, OnLivePatchFailure.WARN, leaveDisabled);
    }

    private static UpdatePolicy policy(
            Mode mode,
            OnBlocker onBlocker,
            OnMaintenance onMaintenance,
            OnLivePatchFailure onFailure,
            boolean leaveDisabled) {
        return new UpdatePolicy(
                mode,
                LivePatching.PREFER,
                onFailure,
                onBlocker,
                onMaintenance,
                Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED),
                VmPlacementAfter.HOME,
                Set.of(),
                leaveDisabled,
                UpdatePolicy.OnUpdatesChanged.STOP,
                UpdatePolicy.VmRestarts.LIST,
                Set.of());
    }
}
