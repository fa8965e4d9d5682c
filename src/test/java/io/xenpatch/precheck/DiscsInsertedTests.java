package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.HostSnapshot;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PbdUuid;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.StorageConnection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Discs in the drives of guests that must leave (xencenter.md §4.3). */
class DiscsInsertedTests {
    private static final String CODE = "VM_DISC_INSERTED";
    private static final SrSnapshot TOOLS = library(1, "tools", true, true);
    private static final SrSnapshot LIBRARY = library(2, "library", true, false);
    private static final SrSnapshot DRIVE = library(3, "DVD drives", false, false);

    @Test
    void emptyDrivesNeedNoWord() {
        assertThat(leaving(TestPool.of(2).vm(1, 1)).rows(CODE)).isEmpty();
    }

    @Test
    void theDiscOfGuestToolsIsToBeEjected() {
        assertThat(leaving(with(TOOLS)).rows(CODE)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.fix()).isEqualTo(Fixes.EJECT_CD);
            assertThat(row.title()).contains("vm-1", "guest tools");
            assertThat(row.parameters()).containsEntry("library", "TOOLS");
        });
    }

    @Test
    void aDiscThatAllHostsHaveIsForInformation() {
        TestPool everywhere = with(LIBRARY).change(0, attached(LIBRARY));

        assertThat(leaving(everywhere).rows(CODE)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.INFO);
            assertThat(row.parameters()).containsEntry("library", "SHARED");
        });
    }

    @Test
    void aDiscThatAnotherHostLacksIsWarnedOfWithThatHostsName() {
        assertThat(leaving(with(LIBRARY)).rows(CODE)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.parameters()).containsEntry("hostsWithout", List.of("host-0"));
        });
        assertThat(leaving(with(LIBRARY).change(0, TestPool.enabled(false)))
                        .targets(1)
                        .rows(CODE))
                .as("no guest moves to a host that is disabled")
                .extracting(PrecheckRow::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void aDiscOfTheHostsOwnIsNamedUnlessTheServerHasNamedIt() {
        Judging hidden = leaving(with(DRIVE)).blocker(1, 1, "VM_IS_IMMOBILE", "vm");
        Judging said = leaving(with(DRIVE))
                .blocker(1, 1, "VM_REQUIRES_SR", "vm", DRIVE.uuid().toString());

        assertThat(hidden.rows(CODE)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.title()).contains("DVD drives", "only its host has");
        });
        assertThat(said.rows(CODE)).extracting(PrecheckRow::severity).containsExactly(Severity.BLOCKING);
    }

    @Test
    void discsAreNamedWhereTheServerDoesNotAnswer() {
        assertThat(leaving(with(DRIVE))
                        .evacuation(1, Answer.failed("HOST_OFFLINE", List.of("host")))
                        .rows(CODE))
                .hasSize(1);
        assertThat(leaving(with(DRIVE).change(1, TestPool.live(false)))
                        .evacuation(1, Answer.notAsked("the host is not live"))
                        .rows(CODE))
                .as("the host is dead")
                .hasSize(1);
    }

    @Test
    void aLibraryThatThePoolDoesNotKnowIsNoReasonToFail() {
        TestPool unknown = TestPool.of(2).vm(1, 1, TestVm.that(vm -> vm.discs(DRIVE)));

        assertThat(leaving(unknown).rows(CODE)).isEmpty();
        assertThat(leaving(unknown).rows("CHECK_FAILED")).isEmpty();
    }

    @Test
    void guestsThatStayMayKeepTheirDiscs() {
        assertThat(Judging.of(with(TOOLS)).rows(CODE)).isEmpty();
    }

    private static TestPool with(SrSnapshot disc) {
        return TestPool.of(2).sr(disc).vm(1, 1, TestVm.that(vm -> vm.discs(disc)));
    }

    private static UnaryOperator<HostSnapshot> attached(SrSnapshot library) {
        return TestPool.storage(
                new StorageConnection(new PbdUuid(new UUID(0, 1)), TestPool.SHARED.uuid(), true),
                new StorageConnection(new PbdUuid(new UUID(0, 2)), library.uuid(), true));
    }

    private static Judging leaving(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    private static SrSnapshot library(int number, String name, boolean shared, boolean tools) {
        return new SrSnapshot(new SrUuid(new UUID(0, 330 + number)), name, "iso", "iso", shared, tools);
    }
}
