package io.xenpatch.precheck;

import static io.xenpatch.precheck.TestPool.host;
import static io.xenpatch.precheck.TestPool.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.FixCode;
import io.xenpatch.plan.PlannedFix;
import io.xenpatch.plan.PlannedFix.Moment;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.Permissions;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which fixes a request allows against what was found (R35). */
class FixPlanTests {
    private static final SrSnapshot LOCAL =
            new SrSnapshot(new SrUuid(new UUID(0, 301)), "local", "lvm", "user", false, false);
    private static final SrSnapshot TOOLS =
            new SrSnapshot(new SrUuid(new UUID(0, 303)), "tools", "iso", "iso", true, true);

    private static Judging rebooting(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    private static TestPool pinned(String... operations) {
        return TestPool.of(3)
                .sr(LOCAL)
                .vm(1, 1, TestVm.that(vm -> vm.storage(LOCAL).may(operations)));
    }

    private static Judging pinnedBlocks(TestPool pool) {
        return rebooting(pool)
                .blocker(1, 1, "VM_REQUIRES_SR", "OpaqueRef:vm", LOCAL.uuid().toString());
    }

    @ParameterizedTest(name = "{0}: {1} by ALL")
    @CsvSource({
        "HA_OFF, true",
        "WLB_OFF, true",
        "AUTO_START_OFF, true",
        "PAUSE_UPDATE_SYNC, true",
        "EJECT_CD, true",
        "SUSPEND_VM, false",
        "SHUTDOWN_VM_CLEAN, false",
        "SHUTDOWN_VM_HARD, false",
        "RECONNECT_STORAGE, false",
        "POWER_ON_HOST, false",
        "SYNC_UPDATES, false",
        "ADD_COORDINATOR, false"
    })
    void allMeansWhatIsTakenBackAndInterruptsNoGuest(FixCode code, boolean byAll) {
        assertThat(UpdatePolicy.defaults().mayFix(code)).isFalse();
        assertThat(UpdatePolicy.defaults().allowing(Set.of("ALL")).mayFix(code)).isEqualTo(byAll);
        assertThat(UpdatePolicy.defaults().allowing(Set.of(code.name())).mayFix(code))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(FixCode.class)
    void saysOfEveryFixWhatItDoesAndWhichCallsItTakes(FixCode code) {
        assertThat(code.description()).endsWith(".");
        assertThat(Fix.of(code).reversible()).isEqualTo(code.isReversible());
    }

    @Test
    void aCuredRowNoLongerBlocksAndSaysByWhatItIsCured() {
        Judgement judged = rebooting(TestPool.of(2).vm(1, 1).highAvailability())
                .fixing("HA_OFF")
                .judgement();

        assertThat(judged.blocked()).isFalse();
        assertThat(judged.fixes())
                .containsExactly(
                        new PlannedFix(FixCode.HA_OFF, TestPool.POOL.value(), "lab", null, true, Moment.BEFORE_HOST));
        assertThat(judged.rows())
                .filteredOn(row -> row.code().equals("HA_ENABLED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.INFO);
                    assertThat(row.parameters()).containsEntry("fixedBy", List.of("HA_OFF"));
                    assertThat(row.detail()).contains("The request allows the job to do this by itself");
                });
    }

    @Test
    void withoutTheRequestsWordARowBlocksAsBefore() {
        Judgement judged = rebooting(TestPool.of(2).vm(1, 1).highAvailability())
                .fixing("WLB_OFF")
                .judgement();

        assertThat(judged.blocked()).isTrue();
        assertThat(judged.fixes()).isEmpty();
    }

    @Test
    void whatThePoolsUserMayNotDoIsNotPlannedAndSaysWhichRoleItTakes() {
        Judgement judged = rebooting(TestPool.of(2).vm(1, 1).highAvailability())
                .fixing("HA_OFF")
                .permissions(Answer.of(Permissions.of(List.of("host.reboot"))))
                .judgement();

        assertThat(judged.fixes()).isEmpty();
        assertThat(judged.rows())
                .filteredOn(row -> row.code().equals("HA_ENABLED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.detail()).contains("pool.disable_ha (role pool-operator)");
                });
    }

    /** R34: it is turned on again only when every host is live and enabled. */
    @Test
    void highAvailabilityIsNotTurnedOffWhereItCouldNotBeTurnedOnAgain() {
        var pool = TestPool.of(3).vm(1, 1).highAvailability().change(2, TestPool.enabled(false));
        Judgement judged = rebooting(pool).targets(0, 1).fixing("HA_OFF").judgement();

        assertThat(judged.fixes()).isEmpty();
        assertThat(judged.rows())
                .filteredOn(row -> row.code().equals("HA_ENABLED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.detail())
                            .contains("could not be turned on again, because host host-2 stays disabled");
                });
    }

    @Test
    void highAvailabilityIsNotTurnedOffWhereAHostDoesNotSeeItsHeartbeat() {
        var pool = TestPool.of(3).vm(1, 1).highAvailability(TestPool.SHARED).change(2, TestPool.storage());
        Judgement judged = rebooting(pool).targets(0, 1).fixing("HA_OFF").judgement();

        assertThat(judged.fixes()).isEmpty();
        assertThat(judged.rows())
                .filteredOn(row -> row.code().equals("HA_ENABLED"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail())
                        .contains("because host host-2 does not see the storage of its heartbeat"));
    }

    /** What is mended before the plan is no hindrance. */
    @Test
    void highAvailabilityIsTurnedOffWhereTheStorageOfItsHeartbeatIsAttachedFirst() {
        var connection = new StorageConnection(new PbdUuid(new UUID(0, 402)), TestPool.SHARED.uuid(), false);
        var pool = TestPool.of(3).vm(1, 1).highAvailability(TestPool.SHARED).change(2, TestPool.storage(connection));
        Judgement judged = rebooting(pool).fixing("HA_OFF", "RECONNECT_STORAGE").judgement();

        assertThat(judged.blocked()).isFalse();
        assertThat(judged.fixes())
                .extracting(PlannedFix::code)
                .containsExactlyInAnyOrder(FixCode.HA_OFF, FixCode.RECONNECT_STORAGE);
    }

    @Test
    void thePoolsSwitchMakesTheMarksOfItsGuestsNoMatter() {
        var pool = TestPool.of(2)
                .otherConfig("auto_poweron", "true")
                .vm(1, 1, TestVm.that(TestVm::startsByItself))
                .vm(2, 1, TestVm.that(vm -> vm.startsByItself().halted()));
        Judgement judged = rebooting(pool).fixing("AUTO_START_OFF").judgement();

        assertThat(judged.fixes())
                .containsExactly(new PlannedFix(FixCode.AUTO_START_OFF, TestPool.POOL.value(), "lab", null, false));
    }

    @Test
    void whereOnlyAGuestThatRunsStartsByItselfItsOwnMarkIsTurnedOff() {
        var pool = TestPool.of(2).otherConfig("auto_poweron", "true").vm(1, 1, TestVm.that(TestVm::startsByItself));
        Judgement judged = rebooting(pool).fixing("AUTO_START_OFF").judgement();

        assertThat(judged.fixes())
                .containsExactly(new PlannedFix(FixCode.AUTO_START_OFF, vm(1).value(), "vm-1", host(1), false));
    }

    @Test
    void addsTheCoordinatorOnlyWhereTheRequestSaysSo() {
        Judgement without = Judging.of(TestPool.of(3))
                .livePatch(LivePatchStatus.COMPLETE)
                .targets(1)
                .judgement();
        Judgement with = Judging.of(TestPool.of(3))
                .livePatch(LivePatchStatus.COMPLETE)
                .targets(1)
                .fixing("ADD_COORDINATOR")
                .judgement();

        assertThat(without.blocked()).isTrue();
        assertThat(without.plan().hosts()).hasSize(1);
        assertThat(with.blocked()).isFalse();
        assertThat(with.plan().hosts()).extracting(plan -> plan.hostUuid()).containsExactly(host(0), host(1));
        assertThat(with.rows()).extracting(PrecheckRow::code).contains("COORDINATOR_ADDED");
    }

    @Test
    void switchesOnOnlyWhatIsDownAndCanBeSwitchedOn() {
        var down = TestPool.of(3).vm(1, 1).change(2, TestPool.live(false)).change(1, TestPool.retired(false, "iLO"));
        assertThat(rebooting(down)
                        .targets(0, 1)
                        .fixing("POWER_ON_HOST")
                        .judgement()
                        .fixes())
                .isEmpty();

        down.change(2, TestPool.retired(false, "iLO"));
        assertThat(rebooting(down)
                        .targets(0, 1)
                        .fixing("POWER_ON_HOST")
                        .judgement()
                        .fixes())
                .containsExactly(new PlannedFix(FixCode.POWER_ON_HOST, host(2).value(), "host-2", host(2), true));
    }

    /** R27: nobody is brought back to a host that a person keeps out of service. */
    @Test
    void noGuestIsStoppedThatCouldNotComeBack() {
        var pool = pinned("suspend").change(1, TestPool.enabled(false));
        Judgement judged =
                pinnedBlocks(pool).includeMaintenance().fixing("SUSPEND_VM").judgement();

        assertThat(judged.fixes()).isEmpty();
        assertThat(judged.blocked()).isTrue();
    }

    @ParameterizedTest(name = "may {0}, allowed {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "suspend clean_shutdown | SUSPEND_VM                   | SUSPEND_VM",
                "suspend clean_shutdown | SUSPEND_VM SHUTDOWN_VM_CLEAN | SUSPEND_VM",
                "suspend clean_shutdown | SHUTDOWN_VM_CLEAN            | SHUTDOWN_VM_CLEAN",
                "clean_shutdown         | SUSPEND_VM SHUTDOWN_VM_CLEAN | SHUTDOWN_VM_CLEAN",
                "clean_shutdown         | SUSPEND_VM                   | nothing",
                "suspend                | SHUTDOWN_VM_CLEAN            | nothing",
                "hard_shutdown          | SHUTDOWN_VM_HARD             | nothing",
                "suspend clean_shutdown | ALL                          | nothing"
            })
    void stopsAGuestInTheGentlestWayThatIsAllowedAndPossible(String may, String allowed, String planned) {
        Judgement judged =
                pinnedBlocks(pinned(may.split(" "))).fixing(allowed.split(" ")).judgement();

        assertThat(judged.blocked()).isEqualTo(planned.equals("nothing"));
        assertThat(judged.fixes())
                .extracting(fix -> fix.code().name())
                .isEqualTo(planned.equals("nothing") ? List.of() : List.of(planned));
        assertThat(judged.fixes())
                .allMatch(fix -> fix.subject().equals(vm(1).value())
                        && host(1).equals(fix.host())
                        && fix.moment() == Moment.BEFORE_EVACUATION);
    }

    @Test
    void aGuestThatIsStoppedIsAWarningNotANote() {
        Judgement judged = pinnedBlocks(pinned("suspend")).fixing("SUSPEND_VM").judgement();

        assertThat(judged.rows())
                .filteredOn(row -> row.code().equals("VM_ON_LOCAL_STORAGE"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
    }

    /** The other guest keeps the host from being emptied, so that nobody is stopped for nothing. */
    @Test
    void emptiesAHostOnlyWhenEveryGuestCanBeHelped() {
        var pool = pinned("suspend").vm(2, 1).snapshot();
        var policy = UpdatePolicy.defaults().allowing(Set.of("SUSPEND_VM"));
        var storage = List.of("VM_REQUIRES_SR", "OpaqueRef:vm", LOCAL.uuid().toString());

        assertThat(FixPlan.toEmpty(host(1), Map.of(vm(1), storage), pool, policy)
                        .orElseThrow())
                .extracting(PlannedFix::code)
                .containsExactly(FixCode.SUSPEND_VM);
        assertThat(FixPlan.toEmpty(
                        host(1), Map.of(vm(1), storage, vm(2), List.of("VM_MISSING_PV_DRIVERS", "x")), pool, policy))
                .isEmpty();
        assertThat(FixPlan.toEmpty(host(1), Map.of(), pool, policy)).contains(List.of());
    }

    @Test
    void ejectsWhatIsInTheWayAndNoOtherDisc() {
        var pool = TestPool.of(3).sr(LOCAL).sr(TOOLS).vm(1, 1, TestVm.that(vm -> vm.discs(LOCAL, TOOLS)));
        Judgement judged = rebooting(pool)
                .blocker(1, 1, "VM_REQUIRES_SR", "OpaqueRef:vm", LOCAL.uuid().toString())
                .fixing("EJECT_CD")
                .judgement();

        assertThat(judged.fixes())
                .filteredOn(PlannedFix::needed)
                .extracting(PlannedFix::subject)
                .containsExactly(LOCAL.uuid().value());
    }

    /** The update's own precheck refuses it: the disc goes before the host begins, not before it is emptied. */
    @Test
    void ejectsDiscsOfGuestToolsThatKeepAnUpdateFromBeingApplied() {
        var pool = TestPool.of(2)
                .sr(TOOLS)
                .vm(1, 1, TestVm.that(vm -> vm.discs(TOOLS)))
                .vm(2, 1);
        Judgement judged = Judging.of(pool)
                .livePatch(LivePatchStatus.COMPLETE)
                .precheck(1, Answer.failed("PATCH_PRECHECK_FAILED_ISO_MOUNTED", List.of("OpaqueRef:patch")))
                .fixing("ALL")
                .judgement();

        assertThat(judged.blocked()).isFalse();
        assertThat(judged.fixes()).singleElement().satisfies(fix -> {
            assertThat(fix.moment()).isEqualTo(Moment.BEFORE_HOST);
            assertThat(fix.subject()).isEqualTo(TOOLS.uuid().value());
            assertThat(fix.needed()).isTrue();
        });
    }

    @Test
    void storageBehindHighAvailabilityIsFoundBeforeThatIsTurnedOff() {
        Judgement judged = rebooting(pinned("suspend").highAvailability())
                .blocker(1, 1, "HOST_EVACUATE_VM_NOT_HA_PROTECTED", "OpaqueRef:vm")
                .fixing("HA_OFF")
                .judgement();

        assertThat(judged.rows())
                .filteredOn(PrecheckRow::isBlocking)
                .extracting(PrecheckRow::code)
                .containsExactly("VM_ON_LOCAL_STORAGE");
    }
}
