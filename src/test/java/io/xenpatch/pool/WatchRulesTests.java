package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchRulesTests {

    @Test
    void doublesPausesUpToTheLongestAndBeginsAnew() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));

        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(seconds * 500L), Duration.ofSeconds(seconds));
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void givesEveryPoolExactlyOneOwnerAndMovesOnlyThoseOfALostInstance() {
        var instances = Stream.generate(UUID::randomUUID).limit(4).toList();
        var left = instances.subList(0, 3);
        int moved = 0;
        for (int i = 0; i < 1000; i++) {
            var pool = UUID.randomUUID();
            var owner = owner(instances, pool);
            var next = owner(left, pool);
            if (left.contains(owner)) {
                assertThat(next).isEqualTo(owner);
            } else {
                moved++;
            }
        }
        assertThat(moved).as("about a quarter").isBetween(150, 350);
    }

    private static UUID owner(List<UUID> instances, UUID pool) {
        var owners = instances.stream()
                .filter(instance -> Rendezvous.isOwner(instance, instances, pool))
                .toList();
        assertThat(owners).hasSize(1);
        return owners.get(0);
    }

    @Test
    void noticesWritesOfOthersAndWritesThatADatabaseLostButNotItsOwnWhileItLooks() {
        var known = new Known(7, Digest.NONE, Map.of(), Map.of());

        assertThat(known.isContradictedBy(7, 7)).isFalse();
        assertThat(known.isContradictedBy(6, 5)).as("written while it looked").isFalse();
        assertThat(known.isContradictedBy(8, 7)).as("somebody else has written").isTrue();
        assertThat(known.isContradictedBy(6, 7)).as("lost").isTrue();
    }
}
