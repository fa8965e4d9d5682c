package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.StepEstimates;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts whose certificates end soon. */
class CertificatesValidTests {
    private static final String EXPIRES = "CERTIFICATE_EXPIRES";

    private static Judging judging() {
        return Judging.of(TestPool.of(2).vm(1, 0)).livePatch(LivePatchStatus.NONE);
    }

    private static Judging ending(int host, Instant end) {
        return judging().certificates(Answer.of(Map.of(TestPool.host(host), end)));
    }

    private static Instant planned() {
        var situation = judging().situation();
        return TestPool.NOW.plus(StepEstimates.of(situation.plan(), situation.pool()));
    }

    @Test
    void certificateThatEndsBeforeTheUpdateDoesBlocksItsHost() {
        assertThat(planned()).isAfter(TestPool.NOW);
        assertThat(ending(1, planned()).rows(EXPIRES)).singleElement().satisfies(row -> {
            assertThat(row.isBlocking()).isTrue();
            assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
            assertThat(row.title()).contains("host-1 expires on 2026-11-24");
            assertThat(row.detail()).contains("before the update", "Install a new certificate");
            assertThat(row.parameters()).containsEntry("expiresAt", planned().toString());
        });
    }

    @ParameterizedTest
    @CsvSource({"PT1S, WARNING", "P29D, WARNING", "P30D, ''", "P400D, ''"})
    void certificateThatEndsLaterWarnsInTimeOnly(Duration afterwards, String severity) {
        var rows = ending(0, planned().plus(afterwards)).rows(EXPIRES);

        assertThat(rows)
                .extracting(row -> row.severity().name())
                .isEqualTo(severity.isEmpty() ? List.of() : List.of(severity));
        assertThat(rows).allSatisfy(row -> assertThat(row.detail()).contains("a later one may not"));
    }

    @Test
    void lastMomentOfTheWarningCounts() {
        assertThat(ending(0, TestPool.NOW.plus(Duration.ofDays(30))).rows(EXPIRES))
                .hasSize(1);
        assertThat(ending(0, TestPool.NOW.plus(Duration.ofDays(30)).plusMillis(1))
                        .rows(EXPIRES))
                .isEmpty();
    }

    @Test
    void certificateThatIsOverIsSaidToBe() {
        assertThat(ending(0, TestPool.NOW).rows(EXPIRES)).singleElement().satisfies(row -> {
            assertThat(row.isBlocking()).isTrue();
            assertThat(row.title()).contains("expired on 2026-11-24");
        });
    }

    @Test
    void hostThatIsNoTargetStopsThePoolToo() {
        assertThat(ending(1, TestPool.NOW).targets(0).rows(EXPIRES))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.isBlocking()).isTrue();
                    assertThat(row.subjectUuid()).isEqualTo(TestPool.host(1).value());
                    assertThat(row.hostUuid()).isNull();
                });
    }

    @Test
    void serverWithoutRecordsOfCertificatesSaysNothing() {
        assertThat(judging().certificates(Answer.of(Map.of())).rows(EXPIRES)).isEmpty();
        assertThat(judging()
                        .certificates(Answer.failed("MESSAGE_METHOD_UNKNOWN", List.of("Certificate.get_all_records")))
                        .rows(EXPIRES))
                .isEmpty();
    }

    @Test
    void hostThatIsDownIsStillToldOf() {
        assertThat(ending(1, TestPool.NOW).unreachable(1).blocking()).contains("HOST_NOT_LIVE", EXPIRES);
    }
}
