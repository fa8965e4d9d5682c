package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PowerState;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What jobs do with fixes where things don't go as usual (R17, R34, R35). In virtual time. */
class FixJobTests {
    private static final long GIB = 1L << 30;

    private @Nullable VirtualRun running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private VirtualRun start(PoolScenario pool) {
        running = VirtualRun.of(Scenario.of(pool));
        return running;
    }

    private VirtualRun run() {
        return Objects.requireNonNull(running);
    }

    private static UpdatePolicy allowing(FixCode... codes) {
        return UpdatePolicy.defaults()
                .allowing(Arrays.stream(codes).map(Enum::name).collect(Collectors.toSet()));
    }

    private PoolUpdate job(String update, UpdatePolicy policy) {
        return run().job(run().update(update), Set.of(), policy);
    }

    private String pool() {
        return run().seen().uuid().toString();
    }

    private VmSnapshot guest(String name) {
        return run().seen().vms().stream()
                .filter(vm -> vm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String code(@Nullable Failure failure) {
        return Objects.requireNonNull(failure).code();
    }

    /** R34. */
    @Test
    void turnsHighAvailabilityOffOnlyWhenALivePatchHasFailed() {
        start(Scenario.pool("ha")
                .hosts(2)
                .vmsEach(1)
                .haEnabled()
                .haFailuresToTolerate(1)
                .update("FAILS"));
        UpdatePolicy reboot = policy(OnLivePatchFailure.REBOOT, FixCode.HA_OFF);

        PoolUpdate ended = job("FAILS", reboot);

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
        assertThat(run().seen().haEnabled()).isTrue();
        List<JournalAction> actions =
                run().pool().journal().stream().map(entry -> entry.action()).toList();
        assertThat(actions.indexOf(JournalAction.APPLY)).isLessThan(actions.indexOf(JournalAction.HA_CHANGED));
        assertThat(actions.lastIndexOf(JournalAction.REBOOT_STARTED))
                .isLessThan(actions.lastIndexOf(JournalAction.HA_CHANGED));
    }

    @Test
    void leavesHighAvailabilityOnWhereNothingFails() {
        start(Scenario.pool("ha").hosts(2).vmsEach(1).haEnabled().update("LIVE"));

        PoolUpdate ended = job("LIVE", policy(OnLivePatchFailure.REBOOT, FixCode.HA_OFF));

        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.LIVE_PATCHED);
        assertThat(ended.fixes()).isEmpty();
        assertThat(run().journal(JournalAction.HA_CHANGED)).isEmpty();
    }

    /** R34: the job's failure names it, and says how a person turns it on again. */
    @Test
    void failsWhenHighAvailabilityCannotBeTurnedOnAgain() {
        start(Scenario.pool("ha")
                .hosts(2)
                .vmsEach(1)
                .haEnabled()
                .haFailuresToTolerate(1)
                .update("REBOOT"));
        run().pool()
                .inject(Fault.on(pool(), FaultKind.API_ERROR)
                        .forMethod("Async.pool.enable_ha")
                        .failingWith("CANNOT_CREATE_STATE_FILE")
                        .times(1000));

        PoolUpdate ended = job("REBOOT", allowing(FixCode.HA_OFF));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
        assertThat(code(ended.failure())).isEqualTo(Reasons.FIX_NOT_REVERTED);
        assertThat(Objects.requireNonNull(ended.failure()).detail())
                .contains("HA_OFF", "within 10 minutes", "1 host failures to tolerate", "xe pool-ha-enable");
        assertThat(Objects.requireNonNull(ended.failure()).xapiError()).contains("CANNOT_CREATE_STATE_FILE");
    }

    @Test
    void endsAlthoughThePoolNoLongerAnswersWhenItsFixesAreToBeTakenBack() {
        start(Scenario.pool("gone").hosts(1).vmsEach(0).wlbEnabled().update("REBOOT"));

        PoolUpdate ended = run().job(
                        new UpdateChoice.Image(run().update("REBOOT")),
                        Set.of(),
                        allowing(FixCode.WLB_OFF),
                        () -> run().only().state() == PoolUpdateState.REVERTING,
                        () -> run().pool()
                                .inject(Fault.on(pool(), FaultKind.HOST_DIES)
                                        .onHost(run().host(0).toString())));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
        assertThat(code(ended.failure())).isEqualTo(Reasons.FIX_NOT_REVERTED);
        assertThat(Objects.requireNonNull(ended.failure()).detail())
                .contains("no longer answers", "xe pool-param-set wlb-enabled=true");
    }

    @Test
    void startsNoHostWhenAFixIsRefused() {
        start(Scenario.pool("ha").hosts(2).vmsEach(1).haEnabled().update("REBOOT"));
        run().pool()
                .inject(Fault.on(pool(), FaultKind.API_ERROR)
                        .forMethod("Async.pool.disable_ha")
                        .failingWith("HA_CANNOT_CHANGE_BOND_STATUS_OF_MGMT_IFACE")
                        .times(1000));

        PoolUpdate ended = job("REBOOT", allowing(FixCode.HA_OFF));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
        assertThat(code(ended.failure())).isEqualTo(Reasons.FIX_FAILED);
        assertThat(Objects.requireNonNull(ended.failure()).detail())
                .contains("The pool refused HA_OFF", "Host ha-host-1 is untouched.", "start a new job");
        assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.FAILED);
        assertThat(run().hosts(JournalAction.DISABLE)).isEmpty();
        assertThat(run().seen().haEnabled()).isTrue();
    }

    /** R35: power is cut only where that was named, and only after the clean way timed out. */
    @Test
    void cutsThePowerOfAGuestThatDoesNotShutDown() {
        start(Scenario.pool("stubborn")
                .hosts(2)
                .vmsEach(0)
                .vm("guest", vm -> vm.localStorage().deaf())
                .update("REBOOT"));

        PoolUpdate ended = job("REBOOT", allowing(FixCode.SHUTDOWN_VM_CLEAN, FixCode.SHUTDOWN_VM_HARD));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.fixes()).extracting(KeptFix::code).containsExactly(FixCode.SHUTDOWN_VM_HARD);
        assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.REVERTED);
        assertThat(guest("guest").powerState()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void givesAHostUpWhoseGuestDoesNotShutDownWhereCuttingItsPowerWasNotNamed() {
        start(Scenario.pool("stubborn")
                .hosts(2)
                .vmsEach(0)
                .vm("guest", vm -> vm.localStorage().deaf())
                .update("REBOOT"));

        PoolUpdate ended = job("REBOOT", allowing(FixCode.SHUTDOWN_VM_CLEAN));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.FAILED);
        assertThat(code(ended.failure())).isEqualTo(Reasons.FIX_FAILED);
        assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.FAILED);
        assertThat(guest("guest").powerState()).isEqualTo(PowerState.RUNNING);
        assertThat(run().seen().hosts()).allMatch(host -> host.enabled());
        assertThat(run().hosts(JournalAction.APPLY)).isEmpty();
    }

    /** R35: only what this job made is taken back. */
    @Test
    void leavesWhatSomebodyElseMadeSoAtTheSameMoment() {
        start(Scenario.pool("both").hosts(2).vmsEach(1).wlbEnabled().update("REBOOT"));

        PoolUpdate ended = run().job(
                        new UpdateChoice.Image(run().update("REBOOT")),
                        Set.of(),
                        allowing(FixCode.WLB_OFF),
                        () -> run().only().fixes().stream().anyMatch(fix -> fix.state() == FixState.MAKING),
                        () -> run().pool().personOnPool("pool.set_wlb_enabled", false));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.fixes()).extracting(KeptFix::state).containsExactly(FixState.NEEDLESS);
        assertThat(run().seen().wlbEnabled()).isFalse();
    }

    @Test
    void addsTheCoordinatorAndUpdatesItFirst() {
        start(Scenario.pool("member").hosts(3).vmsEach(1).update("LIVE"));
        HostUuid member = run().host(1);

        PoolUpdate ended = run().job(run().update("LIVE"), Set.of(member), allowing(FixCode.ADD_COORDINATOR));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(run().hosts(JournalAction.APPLY))
                .containsExactly(run().host(0).toString(), member.toString());
        assertThat(ended.prechecks()).anyMatch(row -> row.code().equals("COORDINATOR_ADDED"));
    }

    @Test
    void doesNotAddACoordinatorThatLacksNothing() {
        start(Scenario.pool("member").hosts(2).vmsEach(1).update("LIVE", update -> update.appliedOn(0)));

        PoolUpdate ended = run().job(run().update("LIVE"), Set.of(run().host(1)), allowing(FixCode.ADD_COORDINATOR));

        assertThat(ended.hosts()).extracting(HostUpdate::host).containsExactly(run().host(1));
    }

    /** R17: the only way to reboot a host that has no other beside it. */
    @Test
    void suspendsTheGuestsOfAStandaloneHostAndResumesThem() {
        start(Scenario.pool("alone").hosts(1).vmsEach(3).standalone().update("REBOOT"));
        Map<VmUuid, HostUuid> homes = run().homes();

        PoolUpdate ended = job("REBOOT", allowing(FixCode.SUSPEND_VM));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(ended.hosts()).extracting(HostUpdate::outcome).containsOnly(HostOutcome.REBOOTED);
        assertThat(run().homes()).isEqualTo(homes);
        assertThat(run().journal(JournalAction.VM_SUSPENDED)).hasSize(3);
        assertThat(run().journal(JournalAction.VM_SHUTDOWN)).isEmpty();
    }

    @Test
    void suspendsOnlyThoseGuestsForWhichThereIsNoRoom() {
        PoolScenario small = Scenario.pool("small").hosts(2).vmsEach(0).update("REBOOT");
        for (int index = 0; index < 2; index++) {
            int host = index;
            small.host(host, described -> described.memory(20 * GIB));
            for (int number = 0; number < 2; number++) {
                small.vm("vm-" + host + "-" + number, vm -> vm.host(host).memory(5 * GIB));
            }
        }
        start(small);
        Map<VmUuid, HostUuid> homes = run().homes();

        PoolUpdate ended = job("REBOOT", allowing(FixCode.SUSPEND_VM));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        assertThat(run().homes()).isEqualTo(homes);
        assertThat(run().journal(JournalAction.VM_SUSPENDED)).hasSizeBetween(1, 3);
        assertThat(ended.fixes()).extracting(KeptFix::state).containsOnly(FixState.REVERTED);
    }

    /** A guest is home again before its host is done, so that the next host finds the pool as it was. */
    @Test
    void resumesAGuestBeforeTheNextHostBegins() {
        start(Scenario.pool("order")
                .hosts(2)
                .vmsEach(1)
                .vm("guest", vm -> vm.localStorage())
                .update("REBOOT"));

        PoolUpdate ended = job("REBOOT", allowing(FixCode.SUSPEND_VM));

        assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
        List<JournalAction> actions =
                run().pool().journal().stream().map(entry -> entry.action()).toList();
        assertThat(actions.indexOf(JournalAction.VM_RESUMED))
                .isBetween(
                        actions.indexOf(JournalAction.REBOOT_STARTED),
                        actions.lastIndexOf(JournalAction.REBOOT_STARTED));
    }

    private static UpdatePolicy policy(OnLivePatchFailure failure, FixCode... codes) {
        UpdatePolicy usual = allowing(codes);
        return new UpdatePolicy(
                usual.mode(),
                usual.livePatching(),
                failure,
                usual.onBlocker(),
                usual.onMaintenance(),
                usual.guidanceLevels(),
                usual.vmPlacementAfter(),
                usual.fixes(),
                usual.leaveDisabled(),
                usual.onUpdatesChanged(),
                usual.vmRestarts(),
                usual.acknowledged());
    }
}
