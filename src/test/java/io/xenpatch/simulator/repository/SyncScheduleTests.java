package io.xenpatch.simulator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What XAPI's own functions said of the next synchronisation: {@code oracle-misc.json}, {@code pool_periodic_update_sync}. */
class SyncScheduleTests {

    @ParameterizedTest(name = "next_day: {0}")
    @MethodSource("days")
    void beginsOnTheNextOfItsDays(String label, JsonNode row) {
        var frequency = row.get("frequency").stringValue().split(":");
        var weekly = frequency.length > 1;

        assertThat(new SyncSchedule(weekly, weekly ? Integer.parseInt(frequency[1]) : 0).nextDay(moment(row, "now")))
                .isEqualTo(moment(row, "expected"));
    }

    @ParameterizedTest(name = "delay_seconds: {0}")
    @MethodSource("delays")
    void waitsForTwoHoursAtLeast(String next, JsonNode row) {
        assertThat(SyncSchedule.delay(moment(row, "now"), moment(row, "next_sync")))
                .hasSeconds(row.get("expected").longValue());
    }

    static Stream<Arguments> days() {
        return rows("next_day").map(row -> Arguments.of(row.get("label").stringValue(), row));
    }

    static Stream<Arguments> delays() {
        return rows("delay_seconds")
                .map(row -> Arguments.of(row.get("next_sync").stringValue(), row));
    }

    private static Stream<JsonNode> rows(String suite) {
        var file = Path.of("src/test/resources/oracle-misc.json").toFile();
        return JsonMapper.shared()
                .readTree(file)
                .get("pool_periodic_update_sync")
                .get(suite)
                .valueStream();
    }

    private static Instant moment(JsonNode row, String field) {
        return Instant.parse(row.get(field).stringValue() + "Z");
    }
}
