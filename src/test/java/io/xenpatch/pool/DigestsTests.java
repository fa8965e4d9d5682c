package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DigestsTests {
    private static Row row(UUID id, String document) {
        return Row.of(id, "name", "", "", document);
    }

    private static Digests digests(List<Row> rows) {
        return new Digests(rows.stream().collect(Collectors.toMap(Row::id, Row::digest)));
    }

    @Test
    void knowRowsAsTheyWere() {
        var rows =
                Stream.generate(() -> row(UUID.randomUUID(), "{}")).limit(300).toList();
        var digests = digests(rows);

        assertThat(rows).allMatch(digests::hold);
        assertThat(digests.hold(row(rows.get(17).id(), "{\"changed\": true}"))).isFalse();
        assertThat(digests.hold(row(UUID.randomUUID(), "{}"))).isFalse();
    }

    @Test
    void tellWhichRowsAreMissing() {
        var rows = Stream.generate(() -> row(UUID.randomUUID(), "{}")).limit(30).toList();

        assertThat(digests(rows).without(rows.subList(2, 30)))
                .containsExactlyInAnyOrder(rows.get(0).id(), rows.get(1).id());
        assertThat(digests(rows).without(rows)).isEmpty();
        assertThat(Digests.NONE.without(rows)).isEmpty();
    }
}
