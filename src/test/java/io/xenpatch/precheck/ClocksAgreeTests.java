package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.xen.HostClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts of a pool whose clocks differ. */
class ClocksAgreeTests {
    private static final String DIFFER = "CLOCKS_DIFFER";

    private static Judging offsets(int... seconds) {
        var judging = Judging.of(TestPool.of(seconds.length));
        for (int host = 0; host < seconds.length; host++) {
            judging.clock(host, Duration.ofSeconds(seconds[host]), Duration.ZERO);
        }
        return judging;
    }

    @ParameterizedTest
    @CsvSource({"0, 5, OK", "0, 6, WARNING", "0, 60, WARNING", "0, 61, BLOCKING", "-30, 31, BLOCKING", "3, -3, WARNING"
    })
    void differenceBetweenTwoHostsWarnsFirstAndBlocksLater(int one, int other, Severity severity) {
        var judging = offsets(one, other);

        if (severity == Severity.OK) {
            assertThat(judging.rows(DIFFER)).isEmpty();
            assertThat(judging.rows("CLOCKS_AGREE")).hasSize(1);
        } else {
            assertThat(judging.rows("CLOCKS_AGREE")).isEmpty();
            assertThat(judging.rows(DIFFER)).singleElement().satisfies(row -> {
                assertThat(row.severity()).isEqualTo(severity);
                assertThat(row.hostUuid()).as("it concerns the pool").isNull();
                assertThat(row.parameters()).containsEntry("seconds", (long) Math.abs(one - other));
                assertThat(row.detail()).contains("NTP");
            });
        }
    }

    @Test
    void twoHostsThatAreFurthestApartAreNamedTheOneThatIsAheadFirst() {
        var rows = offsets(0, -20, 12).rows(DIFFER);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.parameters()).containsEntry("hosts", List.of("host-2", "host-1"));
            assertThat(row.title()).isEqualTo("The clock of host host-2 is 32 s ahead of that of host host-1");
        });
    }

    @Test
    void offsetToOurOwnClockDoesNotMatter() {
        assertThat(offsets(4_000, 4_001, 4_002).rows("CLOCKS_AGREE")).hasSize(1);
    }

    @Test
    void onlyWhatIsSureOfADifferenceCounts() {
        var judging = offsets(0, 64).clock(0, Duration.ZERO, Duration.ofSeconds(5));

        assertThat(judging.rows(DIFFER)).singleElement().satisfies(row -> {
            assertThat(row.severity()).isEqualTo(Severity.WARNING);
            assertThat(row.parameters()).containsEntry("seconds", 59L);
        });
    }

    @Test
    void hostThatDoesNotAnswerHasItsOwnRowOnly() {
        var judging = offsets(0, 500).unreachable(1);

        assertThat(judging.blocking()).containsExactly("HOST_NOT_LIVE");
        assertThat(judging.rows()).noneMatch(row -> row.code().startsWith("CLOCKS"));
    }

    @Test
    void standaloneHostHasNothingToDifferFrom() {
        assertThat(offsets(500).rows()).noneMatch(row -> row.code().startsWith("CLOCKS"));
    }

    @Test
    void clockIsReadInTheMiddleOfTheRoundTrip() {
        var sent = Instant.parse("2026-11-24T06:00:00Z");

        var clock = HostClock.measured(sent, sent.plusSeconds(9), sent.plusSeconds(4));

        assertThat(clock).isEqualTo(new HostClock(Duration.ofSeconds(7), Duration.ofSeconds(2)));
    }

    @Test
    void differenceThatMayBeNoneIsNone() {
        var sure = new HostClock(Duration.ZERO, Duration.ZERO);
        var vague = new HostClock(Duration.ofSeconds(3), Duration.ofSeconds(4));

        assertThat(sure.differsFrom(vague)).isEqualTo(Duration.ZERO);
        assertThat(vague.differsFrom(sure)).isEqualTo(Duration.ZERO);
    }
}
