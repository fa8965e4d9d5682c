package io.xenpatch.precheck;

import static io.xenpatch.precheck.TestPool.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The mapping of xencenter.md §4.4 and xapi.md §6.3. */
class ServerPrecheckTests {

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvFileSource(resources = "/tables/server-precheck.csv", numLinesToSkip = 1, delimiter = ';')
    void mapsEveryFailure(String code, @Nullable String parameters, String expected, @Nullable String named) {
        PrecheckRow row = rowOf(code, parameters == null ? List.of() : List.of(parameters.split("\\|", -1)));

        assertThat(row.code()).isEqualTo(expected);
        assertThat(row.severity()).isEqualTo(Severity.BLOCKING);
        assertThat(row.hostUuid()).isEqualTo(host(0).value());
        assertThat(row.title()).contains("host-0");
        if (named != null) {
            assertThat(row.title() + row.detail()).contains(named.split("\\|"));
        }
    }

    @Test
    void keepsTheServersOwnWords() {
        PrecheckRow row = rowOf("SOMETHING_NEW", List.of("a", "b"));

        assertThat(row.parameters()).containsEntry("xapiError", List.of("SOMETHING_NEW", "a", "b"));
        assertThat(row.title()).contains("SOMETHING_NEW");
    }

    @Test
    void namesEveryPrerequisite() {
        assertThat(rowOf("UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", List.of("U", "XS82E010 XS82E011"))
                        .parameters())
                .containsEntry("prerequisites", List.of("XS82E010", "XS82E011"));
    }

    @Test
    void givesTheNumbersOfAFullDisk() {
        assertThat(rowOf("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("U", "1000", "2000"))
                        .parameters())
                .containsEntry("available", "1000")
                .containsEntry("required", "2000");
    }

    @Test
    void anUpdateThatWasAppliedMeanwhileIsNoFailure() {
        assertThat(rowOf("UPDATE_ALREADY_APPLIED", List.of("OpaqueRef:1")).severity())
                .isEqualTo(Severity.INFO);
    }

    @Test
    void aHostThatWasNotAskedBlocks() {
        assertThat(Judging.of(TestPool.of(1))
                        .precheck(0, Answer.notAsked("no time"))
                        .blocking())
                .containsExactly("NO_ANSWER");
    }

    @Test
    void anUnknownWordIsWarnedAboutAndPlannedAsAReboot() {
        List<PrecheckRow> rows =
                Judging.of(TestPool.of(2)).livePatch(LivePatchStatus.UNKNOWN).rows();

        assertThat(rows).extracting(PrecheckRow::code).contains("LIVE_PATCH_STATUS_UNKNOWN", "HOST_WILL_REBOOT");
        assertThat(Prechecks.blocked(rows)).isFalse();
    }

    private static PrecheckRow rowOf(String code, List<String> parameters) {
        Answer<LivePatchStatus> answer = Answer.failed(code, parameters);
        Stream<PrecheckRow> rows = Judging.of(TestPool.of(1)).precheck(0, answer).rows().stream()
                .filter(row -> row.parameters().containsKey("xapiError"));
        return rows.findFirst().orElseThrow();
    }
}
