package io.xenpatch.precheck;

import static io.xenpatch.precheck.TestPool.SHARED;
import static io.xenpatch.precheck.TestPool.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LivePatching;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrechecksTests {
    private static final UpdateUuid EARLIER = new UpdateUuid(new UUID(0, 501));

    @Test
    void findsNothingAgainstAHealthyPoolAndSaysWhatIsRight() {
        List<PrecheckRow> rows = Judging.of(TestPool.of(3).vm(1, 0).vm(2, 1)).rows();

        assertThat(Prechecks.blocked(rows)).isFalse();
        assertThat(rows).extracting(PrecheckRow::code).contains("HOSTS_LIVE", "SERVER_PRECHECK_PASSED", "NO_ROLLBACK");
        assertThat(rows)
                .filteredOn(row -> row.code().equals("LIVE_PATCH_EFFECTIVE"))
                .hasSize(3);
        assertThat(rows).extracting(PrecheckRow::severity).doesNotContain(Severity.WARNING);
    }

    @Test
    void putsBlockingRowsFirstAndKeepsTheOrderOtherwise() {
        Precheck information = situation -> List.of(
                Finding.of("A", Severity.INFO, situation).says("a", ""),
                Finding.of("B", Severity.BLOCKING, situation).says("b", ""));
        Precheck blocker = situation ->
                List.of(Finding.of("C", Severity.BLOCKING, situation).says("c", ""));

        List<PrecheckRow> rows = Prechecks.judge(Judging.of(TestPool.of(1)).situation(), List.of(information, blocker));

        assertThat(rows).extracting(PrecheckRow::code).containsExactly("B", "C", "A");
    }

    @Test
    void blocksWhenARuleThrowsAndNamesIt() {
        List<PrecheckRow> rows = Prechecks.judge(Judging.of(TestPool.of(1)).situation(), List.of(new Broken()));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.code()).isEqualTo("CHECK_FAILED");
            assertThat(row.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(row.parameters()).containsEntry("check", "Broken");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"POOL_UPDATE", "REPOSITORY", "XCP_NG"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesOtherChannels(Channel channel) {
        assertThat(Judging.of(TestPool.of(1).channel(channel)).blocking()).containsExactly("CHANNEL_NOT_SUPPORTED");
    }

    @Test
    void namesTheJobThatHoldsThePool() {
        ActivePoolUpdate other = new ActivePoolUpdate(new UUID(0, 9), "november");

        List<PrecheckRow> rows = Judging.of(TestPool.of(1)).heldBy(other).rows("POOL_BUSY");

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.title()).contains("lab", "november");
            assertThat(row.parameters()).containsEntry("jobId", other.jobId());
        });
    }

    @Test
    void waitsForOperationsOfThePoolButNotForReads() {
        assertThat(Judging.of(TestPool.of(1).busyWith("ha_enable")).blocking())
                .containsExactly("OPERATION_IN_PROGRESS");
        assertThat(Judging.of(TestPool.of(1).busyWith("get_updates")).blocking())
                .isEmpty();
    }

    @Test
    void aBusyTargetIsBlockedAndABusyOtherHostOnlyWarnedAbout() {
        TestPool pool = TestPool.of(3).change(2, TestPool.doing("evacuate"));

        assertThat(Judging.of(pool).rows("OPERATION_IN_PROGRESS"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.BLOCKING);
                    assertThat(row.hostUuid()).isEqualTo(host(2).value());
                });
        assertThat(Judging.of(pool).targets(0, 1).rows("OPERATION_IN_PROGRESS"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
        assertThat(Judging.of(TestPool.of(1).change(0, TestPool.doing("vm_start")))
                        .blocking())
                .isEmpty();
    }

    @Test
    void aBusyGuestMattersOnlyWhereItsHostIsEmptied() {
        TestPool pool = TestPool.of(2).vm(1, 1, TestVm.that(vm -> vm.busy("snapshot")));

        assertThat(Judging.of(pool).rows("OPERATION_IN_PROGRESS")).isEmpty();
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).rows("OPERATION_IN_PROGRESS"))
                .singleElement()
                .satisfies(row -> assertThat(row.title()).contains("vm-1", "snapshot"));
    }

    @Test
    void aDeadTargetBlocksItself() {
        assertThat(Judging.of(TestPool.of(2).change(1, TestPool.live(false))).rows("HOST_NOT_LIVE"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.hostUuid()).isEqualTo(host(1).value());
                });
    }

    @Test
    void aLiveHostThatDoesNotAnswerCountsAsDead() {
        assertThat(Judging.of(TestPool.of(2)).unreachable(1).rows("HOST_NOT_LIVE"))
                .singleElement()
                .satisfies(row -> assertThat(row.title()).contains("counts as live but does not answer"));
    }

    @Test
    void anotherDeadHostBlocksThePoolOnlyWhenItStopsEvacuations() {
        TestPool enabled = TestPool.of(3).change(2, TestPool.live(false));
        TestPool disabled = TestPool.of(3).change(2, TestPool.live(false)).change(2, TestPool.enabled(false));

        assertThat(Judging.of(enabled).targets(0, 1).blocking()).isEmpty();
        assertThat(Judging.of(enabled).targets(0, 1).rows("HOST_NOT_LIVE"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
        assertThat(Judging.of(enabled)
                        .targets(0, 1)
                        .livePatch(LivePatchStatus.NONE)
                        .rows("HOST_NOT_LIVE"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.hostUuid()).isNull();
                });
        assertThat(Judging.of(disabled)
                        .targets(0, 1)
                        .livePatch(LivePatchStatus.NONE)
                        .blocking())
                .isEmpty();
    }

    @Test
    void wantsTheCoordinatorFirst() {
        assertThat(Judging.of(TestPool.of(2)).targets(1).rows("COORDINATOR_NOT_INCLUDED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.fix()).isEqualTo(Fixes.ADD_COORDINATOR);
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.hostUuid()).isNull();
                });
        assertThat(Judging.of(TestPool.of(2).appliedOn(0)).targets(1).blocking())
                .isEmpty();
        assertThat(Judging.of(TestPool.of(2).appliedOn(1)).targets(1).blocking())
                .isEmpty();
    }

    @Test
    void highAvailabilityMayStayOnWhenEveryHostStaysInPlace() {
        TestPool pool = TestPool.of(2).highAvailability();

        assertThat(Judging.of(pool).rows("HA_ENABLED"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
        assertThat(Judging.of(pool)
                        .onLivePatchFailure(OnLivePatchFailure.REBOOT)
                        .rows("HA_ENABLED"))
                .extracting(PrecheckRow::severity)
                .containsExactlyInAnyOrder(Severity.INFO, Severity.WARNING);
    }

    @Test
    void highAvailabilityAndWorkloadBalancingMustBeOffWhenAHostLeaves() {
        TestPool pool = TestPool.of(2).highAvailability().workloadBalancing();

        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).blocking())
                .containsExactly("HA_ENABLED", "WLB_ENABLED");
        assertThat(Judging.of(pool.guidance(Guidance.RESTART_TOOLSTACK)).blocking())
                .containsExactly("HA_ENABLED", "WLB_ENABLED");
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).rows("HA_ENABLED"))
                .extracting(PrecheckRow::fix)
                .containsExactly(Fixes.HA_OFF);
    }

    @Test
    void workloadBalancingMayStayOnWhenEveryHostStaysInPlace() {
        assertThat(Judging.of(TestPool.of(2).workloadBalancing()).rows("WLB_ENABLED"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void sharedStorageOfRunningGuestsMustBeAttachedToEveryTarget() {
        TestPool detached = TestPool.of(2)
                .vm(1, 0)
                .change(1, TestPool.storage(new StorageConnection(pbd(1), SHARED.uuid(), false)));
        TestPool absent = TestPool.of(2).vm(1, 0).change(1, TestPool.storage());
        TestPool halted = TestPool.of(2).vm(1, 0, TestVm.that(TestVm::halted)).change(1, TestPool.storage());

        for (TestPool pool : List.of(detached, absent)) {
            assertThat(Judging.of(pool).rows("STORAGE_NOT_ATTACHED"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.hostUuid()).isEqualTo(host(1).value());
                        assertThat(row.title()).contains("nfs", "host-1");
                        assertThat(row.parameters()).containsEntry("vms", List.of("vm-1"));
                    });
        }
        assertThat(Judging.of(halted).blocking()).isEmpty();
    }

    @Test
    void localStorageMattersToItsOwnHostAlone() {
        SrSnapshot local = new SrSnapshot(new SrUuid(new UUID(0, 301)), "local", "lvm", "", false, false);
        TestPool pool = TestPool.of(2)
                .sr(local)
                .vm(1, 0, TestVm.that(vm -> vm.storage(local)))
                .change(0, TestPool.storage(new StorageConnection(pbd(1), local.uuid(), false)));

        assertThat(Judging.of(pool).rows("STORAGE_NOT_ATTACHED"))
                .extracting(PrecheckRow::hostUuid)
                .containsExactly(host(0).value());
    }

    @Test
    void anImageThatIsGoneMustBeUploadedAgain() {
        assertThat(Judging.of(TestPool.of(2).imageGone()).blocking()).containsExactly("UPDATE_NOT_UPLOADED");
        assertThat(Judging.of(TestPool.of(2).imageGone().appliedOn(0, 1)).blocking())
                .isEmpty();
    }

    @Test
    void leavesHostsInMaintenanceAloneUnlessTheyAreIncluded() {
        for (TestPool pool : List.of(
                TestPool.of(2).change(1, TestPool.enabled(false)),
                TestPool.of(2).change(1, TestPool.hostConfig(Map.of("MAINTENANCE_MODE", "true"))))) {
            assertThat(Judging.of(pool).rows("HOST_IN_MAINTENANCE"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.isBlocking()).isTrue();
                        assertThat(row.hostUuid()).isEqualTo(host(1).value());
                    });
            assertThat(Judging.of(pool).includeMaintenance().blocking()).isEmpty();
        }
        assertThat(Judging.of(TestPool.of(2).change(1, TestPool.enabled(false)).appliedOn(1))
                        .blocking())
                .isEmpty();
    }

    @Test
    void requireBlocksEveryRebootPendingOnesIncluded() {
        TestPool owing = TestPool.of(2).change(1, TestPool.rebootOwedTo(EARLIER));

        assertThat(Judging.of(TestPool.of(2)).livePatching(LivePatching.REQUIRE).blocking())
                .isEmpty();
        assertThat(Judging.of(owing).livePatching(LivePatching.REQUIRE).rows("LIVE_PATCH_REQUIRED"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.hostUuid()).isEqualTo(host(1).value());
                    assertThat(row.parameters().toString()).contains("PENDING_GUIDANCE");
                });
        assertThat(Judging.of(TestPool.of(1).guidance(Guidance.RESTART_TOOLSTACK))
                        .livePatching(LivePatching.REQUIRE)
                        .blocking())
                .isEmpty();
    }

    @Test
    void aRestartOwedByTheCoordinatorIsDoneFirstWhenThePlanDoesIt() {
        TestPool pool = TestPool.of(2).change(0, TestPool.rebootOwedTo(EARLIER));

        assertThat(Judging.of(pool).rows("COORDINATOR_RESTART_PENDING"))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
        for (Judging notDone : List.of(
                Judging.of(pool).manual(),
                Judging.of(pool).livePatching(LivePatching.REQUIRE),
                Judging.of(pool).levels(GuidanceLevel.MANDATORY),
                Judging.of(TestPool.of(2)
                                .change(0, TestPool.rebootOwedTo(EARLIER))
                                .appliedOn(0))
                        .targets(1))) {
            assertThat(notDone.blocking()).contains("COORDINATOR_RESTART_PENDING");
        }
    }

    @Test
    void aToolstackRestartOwedByTheCoordinatorIsDoneFirstWhenThePlanDoesIt() {
        TestPool pool = toolstackOwed(0);

        for (Judging done : List.of(
                Judging.of(pool),
                Judging.of(pool).livePatching(LivePatching.REQUIRE),
                Judging.of(pool).livePatch(LivePatchStatus.NONE))) {
            assertThat(done.rows("COORDINATOR_RESTART_PENDING")).singleElement().satisfies(row -> {
                assertThat(row.severity()).isEqualTo(Severity.INFO);
                assertThat(row.title()).contains("toolstack restart", "XS82E000");
            });
        }
        for (Judging notDone : List.of(
                Judging.of(pool).manual(),
                Judging.of(pool).levels(GuidanceLevel.MANDATORY),
                Judging.of(toolstackOwed(0).appliedOn(0)).targets(1))) {
            assertThat(notDone.blocking()).contains("COORDINATOR_RESTART_PENDING");
        }
    }

    @Test
    void aToolstackThatStartedAfterTheUpdateOwesNoRestart() {
        TestPool restarted = TestPool.of(2)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                .change(0, TestPool.applied(EARLIER, TestPool.NOW.minusSeconds(1)));
        TestPool asksForNothing =
                TestPool.of(2).earlier(EARLIER).change(0, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)));
        TestPool member = toolstackOwed(1);

        for (TestPool pool : List.of(restarted, asksForNothing, member)) {
            assertThat(Judging.of(pool).manual().rows("COORDINATOR_RESTART_PENDING"))
                    .isEmpty();
        }
    }

    @Test
    void aServerThatTellsNoTimesOwesNoToolstackRestart() {
        TestPool noTimeOfApply = TestPool.of(2).earlier(EARLIER, Guidance.RESTART_TOOLSTACK);
        TestPool noTimeOfStart = toolstackOwed(0).change(0, TestPool.toolstackStartUnknown());

        for (TestPool pool : List.of(noTimeOfApply, noTimeOfStart)) {
            assertThat(Judging.of(pool).manual().rows("COORDINATOR_RESTART_PENDING"))
                    .isEmpty();
        }
    }

    private static TestPool toolstackOwed(int host) {
        return TestPool.of(2)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                .change(host, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)));
    }

    @Test
    void aRestartOwedByAMemberNeverBlocksThePool() {

        assertThat(Judging.of(TestPool.of(2).change(1, TestPool.rebootOwedTo(EARLIER)))
                        .manual()
                        .blocking())
                .isEmpty();
    }

    @Test
    void respectsAPoolThatForbidsAutomaticRestarts() {
        TestPool pool = TestPool.of(2).otherConfig("hci-forbid-update-auto-restart", "");

        assertThat(Judging.of(pool).blocking()).isEmpty();
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).blocking())
                .containsExactly("AUTOMATIC_RESTARTS_FORBIDDEN");
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).manual().blocking())
                .isEmpty();
        assertThat(Judging.of(TestPool.of(2)
                                .guidance(Guidance.RESTART_TOOLSTACK)
                                .otherConfig("hci-forbid-update-auto-restart", "x"))
                        .blocking())
                .containsExactly("AUTOMATIC_RESTARTS_FORBIDDEN");
    }

    @Test
    void saysThatTheServerIgnoresTheSwitch() {
        List<PrecheckRow> rows =
                Judging.of(TestPool.of(1).livePatchingDisabled()).rows();

        assertThat(rows).extracting(PrecheckRow::code).contains("LIVE_PATCHING_DISABLED", "HOST_WILL_REBOOT");
        assertThat(rows)
                .filteredOn(row -> row.code().equals("LIVE_PATCHING_DISABLED"))
                .singleElement()
                .satisfies(row -> assertThat(row.detail()).contains("ignores"));
    }

    @Test
    void saysWhenNothingIsToBeDone() {
        List<PrecheckRow> rows = Judging.of(TestPool.of(2).appliedOn(0, 1)).rows();

        assertThat(rows).extracting(PrecheckRow::code).containsExactly("HOSTS_LIVE", "UP_TO_DATE");
    }

    @Test
    void saysWhatManualModeLeavesAndWhereItStops() {
        Judging manual =
                Judging.of(TestPool.of(3)).livePatch(LivePatchStatus.NONE).manual();

        assertThat(manual.rows("MANUAL_ACTION_LEFT")).hasSize(1);
        assertThat(manual.rows("CAPACITY_EXHAUSTED")).isEmpty();
        assertThat(manual.leaveDisabled().rows("CAPACITY_EXHAUSTED"))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters()).containsEntry("hosts", List.of("host-1", "host-2")));
    }

    @Test
    void warnsOfGuestsThatStartByThemselves() {
        TestPool pool =
                TestPool.of(2).otherConfig("auto_poweron", "true").vm(1, 1, TestVm.that(TestVm::startsByItself));

        assertThat(Judging.of(pool).rows("VM_AUTO_START")).isEmpty();
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).rows("VM_AUTO_START"))
                .extracting(PrecheckRow::fix)
                .containsExactly(Fixes.AUTO_START_OFF);
    }

    @Test
    void everyRowHasATitleAndBlockingRowsSayHowToCure() {
        TestPool bad = TestPool.of(3)
                .highAvailability()
                .workloadBalancing()
                .vm(1, 0)
                .change(1, TestPool.live(false))
                .change(2, TestPool.enabled(false));

        List<PrecheckRow> rows = Judging.of(bad).livePatch(LivePatchStatus.NONE).rows();

        assertThat(rows).allSatisfy(row -> assertThat(row.title()).isNotBlank());
        assertThat(rows)
                .filteredOn(PrecheckRow::isBlocking)
                .hasSizeGreaterThan(3)
                .allSatisfy(row -> assertThat(row.detail()).isNotBlank());
    }

    private static final class Broken implements Precheck {
        @Override
        public List<PrecheckRow> judge(Situation situation) {
            throw new IllegalStateException("broken on purpose");
        }
    }

    private static PbdUuid pbd(int index) {
        return new PbdUuid(new UUID(0, 600 + index));
    }
}
