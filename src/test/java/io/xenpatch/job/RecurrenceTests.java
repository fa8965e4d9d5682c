package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When maintenance windows open: in local time, through all changes of the clocks, for exactly as long as they say. */
class RecurrenceTests {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} from {1} in {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY | 2026-03-27T22:00 | Europe/Berlin | 2026-03-27T21:00:00Z 2026-03-28T21:00:00Z 2026-03-29T20:00:00Z",
                "FREQ=WEEKLY;BYDAY=SA | 2026-10-17T23:30 | Europe/Berlin | 2026-10-17T21:30:00Z 2026-10-24T21:30:00Z 2026-10-31T22:30:00Z",
                // 02:30 does not exist on 2026-03-29: half an hour into the gap is half an hour after it
                "FREQ=DAILY | 2026-03-28T02:30 | Europe/Berlin | 2026-03-28T01:30:00Z 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                // 02:30 comes twice on 2026-10-25: the first counts
                "FREQ=DAILY | 2026-10-24T02:30 | Europe/Berlin | 2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                // the Sunday after the second Tuesday
                "FREQ=MONTHLY;BYDAY=SU;BYMONTHDAY=13,14,15,16,17,18,19 | 2026-11-01T01:00 | UTC | 2026-11-15T01:00:00Z 2026-12-13T01:00:00Z 2027-01-17T01:00:00Z",
                "FREQ=MONTHLY;BYMONTHDAY=31 | 2026-01-31T00:00 | UTC | 2026-01-31T00:00:00Z 2026-03-31T00:00:00Z 2026-05-31T00:00:00Z",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 | 2026-01-01T03:00 | UTC | 2028-02-29T03:00:00Z 2032-02-29T03:00:00Z 2036-02-29T03:00:00Z",
                "FREQ=DAILY;COUNT=2 | 2026-01-01T00:00 | Asia/Kolkata | 2025-12-31T18:30:00Z 2026-01-01T18:30:00Z",
                "FREQ=DAILY;UNTIL=20260102T210000Z | 2026-01-01T22:00 | Europe/Berlin | 2026-01-01T21:00:00Z 2026-01-02T21:00:00Z",
                // half an hour is what this island changes its clocks by
                "FREQ=DAILY | 2026-10-03T02:15 | Australia/Lord_Howe | 2026-10-02T15:45:00Z 2026-10-03T15:45:00Z 2026-10-04T15:15:00Z"
            })
    void opensAtTheseTimes(String rule, LocalDateTime first, String zone, String expected) {
        List<Instant> wanted =
                Stream.of(expected.split(" ")).map(Instant::parse).toList();
        Iterator<Instant> times = Recurrence.of(rule, first, ZoneId.of(zone)).iterator();
        List<Instant> found = new ArrayList<>();
        while (found.size() < wanted.size() && times.hasNext()) {
            found.add(times.next());
        }
        assertThat(found).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=HOURLY | DAILY, WEEKLY",
                "FREQ=SOMETIMES | is no recurrence rule",
                "every night | is no recurrence rule",
                "BYDAY=SA | is no recurrence rule",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | no time ever fits",
                "FREQ=DAILY;UNTIL=20200101T000000Z | no time ever fits"
            })
    void refusesWhatIsNoRuleForAWindow(String rule, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrence.of(rule, LocalDateTime.parse("2026-01-01T00:00"), BERLIN))
                .withMessageContaining(words);
    }

    /** Four hours are four hours: the night in which the clocks go forward has five on the wall, the other three. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:00, 2026-03-28T22:00:00Z, 2026-03-29T02:00:00Z, 2026-03-29T04:00",
        "2026-10-24T23:00, 2026-10-24T21:00:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00"
    })
    void isOpenForExactlyItsDuration(LocalDateTime first, Instant opens, Instant closes, LocalDateTime onTheWall) {
        WindowOpening opening =
                window("FREQ=DAILY", first, Duration.ofHours(4), null).at(opens).orElseThrow();

        assertThat(opening.opensAt()).isEqualTo(opens);
        assertThat(opening.closesAt()).isEqualTo(closes);
        assertThat(closes.atZone(BERLIN).toLocalDateTime()).isEqualTo(onTheWall);
    }

    @Test
    void admitsUntilItsLatestStartAndNamesTheNextOpeningAfterIt() {
        MaintenanceWindow window = window(
                "FREQ=WEEKLY", LocalDateTime.parse("2026-06-06T22:00"), Duration.ofHours(6), Duration.ofHours(2));
        Instant opens = Instant.parse("2026-06-06T20:00:00Z");
        Instant latest = Instant.parse("2026-06-06T22:00:00Z");

        assertThat(window.at(opens.minusSeconds(1)).orElseThrow().opensAt()).isEqualTo(opens);
        assertThat(window.at(opens).orElseThrow().admits(opens)).isTrue();
        assertThat(window.at(latest.minusNanos(1)).orElseThrow().opensAt()).isEqualTo(opens);
        assertThat(window.at(latest).orElseThrow().opensAt()).isEqualTo(Instant.parse("2026-06-13T20:00:00Z"));
        assertThat(window.openings(opens, 3))
                .extracting(WindowOpening::closesAt)
                .containsExactly(
                        Instant.parse("2026-06-07T02:00:00Z"),
                        Instant.parse("2026-06-14T02:00:00Z"),
                        Instant.parse("2026-06-21T02:00:00Z"));
    }

    /** A window that opened long ago and is still open is found, and one of long ago costs nothing. */
    @Test
    void findsTheOpeningThatIsStillOpenHoweverLongTheRuleIs() {
        MaintenanceWindow window =
                window("FREQ=DAILY", LocalDateTime.parse("1990-01-01T12:00"), Duration.ofHours(20), null);

        assertThat(window.at(Instant.parse("2026-06-10T05:00:00Z"))
                        .orElseThrow()
                        .opensAt())
                .isEqualTo(Instant.parse("2026-06-09T10:00:00Z"));
    }

    @Test
    void opensNoMoreWhenItsRuleIsOver() {
        assertThat(window("FREQ=DAILY;COUNT=1", LocalDateTime.parse("2026-01-01T00:00"), Duration.ofHours(1), null)
                        .at(Instant.parse("2026-01-02T00:00:00Z")))
                .isEmpty();
    }

    private static MaintenanceWindow window(
            String rule, LocalDateTime first, Duration length, @org.jspecify.annotations.Nullable Duration latest) {
        return new MaintenanceWindow(
                UUID.randomUUID(),
                "window",
                null,
                rule,
                first,
                BERLIN,
                length,
                latest == null ? length : latest,
                Instant.EPOCH,
                "somebody",
                0);
    }
}
