package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceSetTests {

    /** Few references, so that they come, go and come again, and push each other on. */
    @Test
    void holdsWhatASetHolds() {
        var random = new Random(7);
        var few = Stream.generate(() -> Reference.of("OpaqueRef:" + new UUID(random.nextLong(), random.nextLong())))
                .limit(800)
                .toList();
        var references = new ReferenceSet();
        var set = new HashSet<Reference>();
        for (int i = 0; i < 20_000; i++) {
            var ref = few.get(random.nextInt(few.size()));
            if (random.nextInt(3) == 0) {
                assertThat(references.remove(ref)).isEqualTo(set.remove(ref));
            } else {
                assertThat(references.add(ref)).isEqualTo(set.add(ref));
            }
            assertThat(references.contains(ref)).isEqualTo(set.contains(ref));
            assertThat(references.size()).isEqualTo(set.size());
        }

        assertThat(set).allMatch(references::contains);
    }

    @Test
    void holdsReferencesThatAreSpeltInAnotherWay() {
        var references = new ReferenceSet();
        var upper = Reference.of("OpaqueRef:" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT));

        assertThat(references.add(upper)).isTrue();
        assertThat(references.add(upper)).isFalse();
        assertThat(references.contains(upper)).isTrue();
        assertThat(references.size()).isOne();
        assertThat(references.remove(upper)).isTrue();
        assertThat(references.contains(upper)).isFalse();
    }
}
