package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups, exports, copies and migrations that run while a pool is to be updated (R16). */
class BusyTests {
    private static final String CODE = "OPERATION_IN_PROGRESS";

    @ParameterizedTest
    @CsvSource({
        "snapshot, a snapshot or backup",
        "checkpoint, a snapshot or backup",
        "export, an export or backup",
        "import, an import",
        "copy, a copy",
        "migrate_send, a migration",
        "hard_reboot, hard_reboot"
    })
    void saysInWordsWhatKeepsAGuestWhereItIs(String operation, String words) {
        TestPool pool = TestPool.of(2).vm(1, 1, TestVm.that(vm -> vm.busy(operation)));

        assertThat(Judging.of(pool).livePatch(LivePatchStatus.NONE).rows(CODE))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.title()).contains("vm-1", words);
                    assertThat(row.detail()).contains("can't move");
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
                });
    }

    @Test
    void aToolstackRestartWaitsForTheGuestsOfItsHostThatAreNotEvacuated() {
        TestPool pool = TestPool.of(2)
                .guidance(Guidance.RESTART_TOOLSTACK)
                .appliedOn(0)
                .vm(1, 0, TestVm.that(vm -> vm.busy("export")))
                .vm(2, 1, TestVm.that(vm -> vm.busy("export")));

        assertThat(Judging.of(pool).rows(CODE)).singleElement().satisfies(row -> {
            assertThat(row.title()).contains("vm-2");
            assertThat(row.detail()).contains("its host's toolstack");
        });
    }

    @Test
    void aRestartOfTheCoordinatorWaitsForGuestsOfTheWholePoolHaltedOnesToo() {
        TestPool pool = TestPool.of(2)
                .guidance(Guidance.RESTART_TOOLSTACK)
                .appliedOn(1)
                .vm(1, 1, TestVm.that(vm -> vm.busy("migrate_send")))
                .vm(2, 1, TestVm.that(vm -> vm.halted().busy("export")));

        assertThat(Judging.of(pool).rows(CODE))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.detail()).contains("A restart of the coordinator"))
                .anySatisfy(row -> {
                    assertThat(row.scope()).isEqualTo(Scope.VM);
                    assertThat(row.subjectUuid()).isEqualTo(TestPool.vm(2).value());
                    assertThat(row.hostUuid()).isNull();
                });
    }

    @Test
    void whereNothingRestartsAndNothingMovesGuestsMayBeBusy() {
        TestPool pool =
                TestPool.of(2).vm(1, 0, TestVm.that(vm -> vm.busy("export"))).sr(busy("copy"));

        assertThat(Judging.of(pool).rows(CODE)).isEmpty();
    }

    @Test
    void aDeadHostChangesNothingOfThat() {
        TestPool pool = TestPool.of(2)
                .guidance(Guidance.RESTART_TOOLSTACK)
                .vm(1, 1, TestVm.that(vm -> vm.busy("export")))
                .change(1, TestPool.live(false));

        assertThat(Judging.of(pool).rows(CODE)).hasSize(1);
    }

    @Test
    void aRestartWaitsForTheStorageThatItsHostUses() {
        SrSnapshot copying = busy("copy");
        TestPool pool = TestPool.of(3)
                .guidance(Guidance.RESTART_TOOLSTACK)
                .sr(copying)
                .change(1, TestPool.storage(new StorageConnection(new PbdUuid(new UUID(0, 1)), copying.uuid(), true)));

        assertThat(Judging.of(pool.appliedOn(0)).targets(1).rows(CODE))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.severity()).isEqualTo(Severity.WARNING);
                    assertThat(row.title()).contains("backup store", "copy");
                });
        assertThat(Judging.of(pool).targets(2).rows(CODE)).isEmpty();
    }

    @Test
    void aRestartOfTheCoordinatorWaitsForAnyStorageButNotForItsScans() {
        assertThat(Judging.of(TestPool.of(1)
                                .guidance(Guidance.RESTART_TOOLSTACK)
                                .sr(busy("copy", "scan")))
                        .rows(CODE))
                .singleElement()
                .satisfies(row -> assertThat(row.parameters()).containsEntry("operations", List.of("copy")));
        assertThat(Judging.of(TestPool.of(1)
                                .guidance(Guidance.RESTART_TOOLSTACK)
                                .sr(busy("scan", "update")))
                        .rows(CODE))
                .isEmpty();
    }

    private static SrSnapshot busy(String... operations) {
        return new SrSnapshot(new SrUuid(new UUID(0, 310)), "backup store", "nfs", "", true, false, Set.of(operations));
    }
}
