package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordTableTests {

    /** References from a small range, so that they come, go and come again, and push each other on. */
    @Test
    void holdsWhatAMapHolds() {
        var random = new Random(7);
        var table = new RecordTable();
        var map = new HashMap<Reference, Object>();
        for (int i = 0; i < 20_000; i++) {
            var ref = Reference.of("OpaqueRef:" + new UUID(random.nextInt(40), random.nextInt(20)));
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(ref)).isEqualTo(map.remove(ref));
            } else {
                assertThat(table.put(ref, i)).isEqualTo(map.put(ref, i));
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        var copy = new HashMap<Reference, Object>();
        table.forEach(copy::put);

        assertThat(copy).isEqualTo(map);
        assertThat(table.records()).containsExactlyInAnyOrderElementsOf(map.values());
        map.forEach((ref, record) -> assertThat(table.get(ref)).isEqualTo(record));
    }

    @Test
    void holdsReferencesThatAreSpeltInAnotherWay() {
        var table = new RecordTable();
        var upper = Reference.of("OpaqueRef:" + UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT));
        var none = Reference.of("OpaqueRef:NULL");

        table.put(none, "null");
        table.put(upper, "upper");

        assertThat(table.get(none)).isEqualTo("null");
        assertThat(table.get(upper)).isEqualTo("upper");
        assertThat(table.remove(upper)).isEqualTo("upper");
        assertThat(table.size()).isOne();
    }
}
