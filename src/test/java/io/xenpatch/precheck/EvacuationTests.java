package io.xenpatch.precheck;

import static io.xenpatch.precheck.TestPool.SHARED;
import static io.xenpatch.precheck.TestPool.host;
import static io.xenpatch.precheck.TestPool.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The mapping of xencenter.md §4.3 and the errors of xapi.md §8.3. */
class EvacuationTests {

    private static final SrSnapshot LOCAL = sr(301, "local", "user", false, false);
    private static final SrSnapshot DISCS = sr(302, "discs", "iso", true, false);
    private static final SrSnapshot TOOLS = sr(303, "tools", "iso", true, true);

    @ParameterizedTest(name = "{0} -> {1}, fix {2}")
    @CsvFileSource(resources = "/tables/evacuation-blockers.csv", numLinesToSkip = 1)
    void mapsEveryReason(String reason, String code, @Nullable String fix, @Nullable String named) {
        List<PrecheckRow> rows = rebooting(TestPool.of(3).vm(1, 1).vm(2, 1))
                .blocker(1, 1, reason.split("\\|"))
                .rows(code);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.isBlocking()).isTrue();
            assertThat(row.scope()).isEqualTo(Scope.VM);
            assertThat(row.subjectUuid()).isEqualTo(vm(1).value());
            assertThat(row.hostUuid()).isEqualTo(host(1).value());
            assertThat(row.title()).contains("vm-1", "host-1");
            assertThat(row.parameters()).containsEntry("xapiError", List.of(reason.split("\\|")));
            assertThat(row.fix() == null ? null : row.fix().code()).isEqualTo(fix);
            if (named != null) {
                assertThat(row.title()).contains(named);
            }
        });
    }

    @Test
    void namesStorageByWhatItIs() {
        TestPool pool = TestPool.of(2).sr(LOCAL).sr(DISCS).sr(TOOLS).vm(1, 1).vm(2, 1);

        assertThat(requiring(pool, LOCAL).code()).isEqualTo("VM_ON_LOCAL_STORAGE");
        assertThat(requiring(pool, DISCS).fix()).isEqualTo(Fixes.EJECT_CD);
        assertThat(requiring(pool, TOOLS).code()).isEqualTo("VM_DISC_INSERTED");
        assertThat(requiring(pool, SHARED).code()).isEqualTo("STORAGE_NOT_ATTACHED");
        assertThat(requiring(pool, LOCAL).title()).contains("local");
    }

    @Test
    void memoryIsAProblemOfTheHost() {
        List<PrecheckRow> rows = rebooting(TestPool.of(2).vm(1, 1))
                .blocker(1, 1, "HOST_NOT_ENOUGH_FREE_MEMORY", "OpaqueRef:1")
                .rows("NOT_ENOUGH_MEMORY");

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.scope()).isEqualTo(Scope.HOST);
            assertThat(row.parameters()).containsEntry("vms", List.of("vm-1"));
        });
    }

    @Test
    void aStandaloneHostWithGuestsHasNowhereToPutThem() {
        assertThat(rebooting(TestPool.of(1).vm(1, 0)).blocking()).containsExactly("NO_EVACUATION_TARGET");
        assertThat(rebooting(TestPool.of(1).vm(1, 0))
                        .blocker(0, 1, "NO_HOSTS_AVAILABLE", "OpaqueRef:1")
                        .blocking())
                .containsExactly("NO_EVACUATION_TARGET");
        assertThat(rebooting(TestPool.of(1)).blocking()).isEmpty();
        assertThat(Judging.of(TestPool.of(1).vm(1, 0)).blocking()).isEmpty();
    }

    @Test
    void aPoolWithoutAnyOtherUsableHostIsLikeAStandaloneHost() {
        assertThat(rebooting(TestPool.of(2).vm(1, 1))
                        .blocker(1, 1, "NO_HOSTS_AVAILABLE", "OpaqueRef:1")
                        .rows("NO_EVACUATION_TARGET"))
                .singleElement()
                .satisfies(row -> assertThat(row.scope()).isEqualTo(Scope.HOST));
    }

    @Test
    void hostsThatStayInPlaceAreNotAsked() {
        assertThat(Judging.of(TestPool.of(2).vm(1, 1))
                        .blocker(1, 1, "VM_HAS_PCI_ATTACHED", "OpaqueRef:1")
                        .blocking())
                .isEmpty();
    }

    /** XC-10. */
    @Test
    void aHostIsAskedAboutForARebootThatAnEarlierUpdateLeftToo() {
        UpdateUuid earlier = new UpdateUuid(new UUID(0, 501));
        TestPool owing =
                TestPool.of(2).earlier(earlier).appliedOn(0, 1).vm(1, 1).change(1, TestPool.rebootOwedTo(earlier));

        assertThat(Judging.of(owing)
                        .blocker(1, 1, "VM_HAS_PCI_ATTACHED", "OpaqueRef:1")
                        .blocking())
                .containsExactly("VM_HAS_PCI_DEVICE");
    }

    @Test
    void noAnswerBlocks() {
        TestPool pool = TestPool.of(2).vm(1, 1);

        assertThat(rebooting(pool).evacuation(1, Answer.notAsked("no time")).blocking())
                .containsExactly("NO_ANSWER");
        assertThat(rebooting(pool)
                        .evacuation(1, Answer.failed("INTERNAL_ERROR", List.of("boom")))
                        .blocking())
                .containsExactly("EVACUATION_CHECK_FAILED");
    }

    @Test
    void saysWhenEveryGuestCanLeave() {
        assertThat(rebooting(TestPool.of(2).vm(1, 1)).rows("EVACUABLE")).hasSize(2);
        assertThat(rebooting(TestPool.of(2)).evacuation(1, Answer.of(Map.of())).rows("EVACUABLE"))
                .hasSize(2);
    }

    private static PrecheckRow requiring(TestPool pool, SrSnapshot sr) {
        return rebooting(pool)
                .blocker(1, 1, "VM_REQUIRES_SR", "OpaqueRef:1", sr.uuid().toString())
                .rows()
                .stream()
                .filter(row -> row.isBlocking())
                .findFirst()
                .orElseThrow();
    }

    private static Judging rebooting(TestPool pool) {
        return Judging.of(pool).livePatch(LivePatchStatus.NONE);
    }

    private static SrSnapshot sr(int number, String name, String content, boolean shared, boolean tools) {
        return new SrSnapshot(new SrUuid(new UUID(0, number)), name, "ext", content, shared, tools);
    }
}
