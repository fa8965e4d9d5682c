package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Channel;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSoftware;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.RepositoryUpdates;
import io.xenpatch.xen.UpdateUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What earlier updates left to do on hosts and for guests (XC-10, XC-34; R10, R32). */
class PendingTasksTests {
    private static final String OF_HOST = "HOST_TASKS_PENDING";
    private static final String OF_VMS = "VM_TASKS_PENDING";
    private static final UpdateUuid EARLIER = new UpdateUuid(new UUID(0, 501));

    @Test
    void hostsThatOweNothingNeedNoWord() {
        assertThat(judging(pool()).rows(OF_HOST)).isEmpty();
        assertThat(Judging.of(TestPool.of(2)).rows(OF_HOST))
                .as("a server without such lists")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MANDATORY", "RECOMMENDED"})
    void whatThisPlanDoesIsForInformation(GuidanceLevel level) {
        assertThat(judging(owing(1, level, Guidance.REBOOT_HOST)).rows(OF_HOST))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.INFO);
                    assertThat(row.title()).contains("host-1", level + " REBOOT_HOST");
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
                });
    }

    @Test
    void whatThisPlanLeavesIsWarnedOf() {
        TestPool full = owing(1, GuidanceLevel.FULL, Guidance.REBOOT_HOST);
        TestPool recommended = owing(1, GuidanceLevel.RECOMMENDED, Guidance.RESTART_TOOLSTACK);

        assertThat(severities(judging(full))).as("a level that was not chosen").containsExactly(Severity.WARNING);
        assertThat(severities(judging(full).levels(GuidanceLevel.MANDATORY, GuidanceLevel.FULL)))
                .containsExactly(Severity.INFO);
        assertThat(severities(judging(recommended).manual())).containsExactly(Severity.WARNING);
        assertThat(severities(judging(recommended).targets(0)))
                .as("a host that is no target")
                .containsExactly(Severity.WARNING);
    }

    @Test
    void oneListCanHoldWhatIsDoneBesideWhatIsNot() {
        TestPool pool = pool().change(
                        1,
                        TestPool.software(new HostSoftware(
                                new PendingGuidances(Map.of(
                                        GuidanceLevel.RECOMMENDED,
                                        Set.of(Guidance.RESTART_TOOLSTACK),
                                        GuidanceLevel.FULL,
                                        Set.of(Guidance.REBOOT_HOST, Guidance.EVACUATE_HOST))),
                                null,
                                "",
                                null)));

        assertThat(judging(pool).rows(OF_HOST))
                .extracting(PrecheckRow::severity, row -> row.parameters().get("tasks"))
                .containsExactly(
                        tuple(Severity.INFO, List.of("RECOMMENDED RESTART_TOOLSTACK")),
                        tuple(Severity.WARNING, List.of("FULL REBOOT_HOST", "FULL EVACUATE_HOST")));
    }

    @Test
    void whatOtherRulesSayIsNotSaidAgain() {
        TestPool coordinator = owing(0, GuidanceLevel.RECOMMENDED, Guidance.REBOOT_HOST);
        TestPool mandatory = owing(1, GuidanceLevel.MANDATORY, Guidance.RESTART_TOOLSTACK);

        assertThat(judging(coordinator).rows(OF_HOST)).isEmpty();
        assertThat(judging(coordinator).rows("COORDINATOR_RESTART_PENDING")).hasSize(1);
        assertThat(judging(mandatory).manual().rows(OF_HOST)).isEmpty();
        assertThat(judging(mandatory).manual().blocking()).containsExactly("HOST_PENDING_MANDATORY_GUIDANCE");
        assertThat(severities(judging(owing(0, GuidanceLevel.FULL, Guidance.REBOOT_HOST))))
                .as("of the full list no other rule speaks")
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aDeadHostStillOwesWhatItOwed() {
        TestPool pool =
                owing(1, GuidanceLevel.RECOMMENDED, Guidance.REBOOT_HOST).change(1, TestPool.live(false));

        assertThat(severities(judging(pool).targets(0))).containsExactly(Severity.WARNING);
    }

    @Test
    void updateImagesThatWaitForARestartCountToo() {
        TestPool reboot = TestPool.of(2).earlier(EARLIER).change(1, TestPool.rebootOwedTo(EARLIER));
        TestPool toolstack = TestPool.of(2)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                .change(1, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)));

        assertThat(Judging.of(reboot).rows(OF_HOST)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.INFO);
            assertThat(row.title()).contains("host-1", "XS82E000");
        });
        assertThat(severities(Judging.of(reboot).manual())).containsExactly(Severity.WARNING);
        assertThat(severities(Judging.of(toolstack).targets(0))).containsExactly(Severity.WARNING);
    }

    @Test
    void packagesThatWaitForARebootCountToo() {
        TestPool pool = TestPool.of(2)
                .channel(Channel.XCP_NG)
                .change(
                        1,
                        TestPool.hostConfig(Map.of(
                                "rpm_patch_installation_time",
                                String.valueOf(TestPool.NOW.plusSeconds(1).getEpochSecond()))));

        assertThat(Judging.of(pool)
                        .choosing(new UpdateChoice.PendingTasksOnly())
                        .targets(0)
                        .rows(OF_HOST))
                .singleElement()
                .satisfies(row -> assertThat(row.title()).contains("host-1", "packages"));
    }

    @Test
    void guestsThatNeedARestartAreNamedAndDoneOnlyWhereTheRequestSaysSo() {
        TestPool pool = pool().vm(1, 0, TestVm.that(vm -> vm.owes(GuidanceLevel.RECOMMENDED, Guidance.RESTART_VM)))
                .vm(2, 1, TestVm.that(vm -> vm.owes(GuidanceLevel.FULL, Guidance.RESTART_VM)))
                .vm(3, 1, TestVm.that(vm -> vm.halted().owes(GuidanceLevel.FULL, Guidance.RESTART_VM)));

        assertThat(judging(pool).rows(OF_VMS)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.parameters()).containsEntry("vms", List.of("vm-1", "vm-2"));
            assertThat(row.title()).contains("a restart");
        });
        assertThat(judging(pool).vmRestarts(VmRestarts.DEVICE_MODELS).rows(OF_VMS))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
        assertThat(judging(pool).vmRestarts(VmRestarts.ALL).rows(OF_VMS))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void aMoveGivesAGuestItsNewDeviceModel() {
        TestPool pool = TestPool.of(2)
                .vm(1, 1, TestVm.that(vm -> vm.owes(GuidanceLevel.RECOMMENDED, Guidance.RESTART_DEVICE_MODEL)));

        assertThat(Judging.of(pool).rows(OF_VMS))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.WARNING);
        assertThat(Judging.of(pool).vmRestarts(VmRestarts.DEVICE_MODELS).rows(OF_VMS))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).rows(OF_VMS))
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
    }

    private static List<Severity> severities(Judging judging) {
        return judging.rows(OF_HOST).stream().map(PrecheckRow::severity).toList();
    }

    private static TestPool pool() {
        return TestPool.of(2).channel(Channel.REPOSITORY).repositories(RepositoryPrechecksTests.synchronised());
    }

    private static TestPool owing(int host, GuidanceLevel level, Guidance what) {
        return pool().change(
                        host,
                        TestPool.software(
                                new HostSoftware(new PendingGuidances(Map.of(level, Set.of(what))), null, "", null)));
    }

    private static Judging judging(TestPool pool) {
        Map<HostUuid, HostUpdates> lacking = new HashMap<>();
        for (int host = 0; host < 2; host++) {
            lacking.put(
                    TestPool.host(host),
                    new HostUpdates(Map.of(), List.of("xsconsole-11.0.6-1.xs8.x86_64.rpm"), Set.of(), List.of()));
        }
        return Judging.of(pool)
                .choosing(new UpdateChoice.Latest())
                .listing(Answer.of(new RepositoryUpdates("abc", lacking, List.of())));
    }
}
