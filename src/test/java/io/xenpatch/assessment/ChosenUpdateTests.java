package io.xenpatch.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.ChosenUpdate.TargetPool;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.xen.PoolUuid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChosenUpdateTests {

    @Test
    void hasInCommonWhatEveryPoolCarriesWithTheSameValue() {
        assertThat(common(Map.of("site", "a", "tier", "gold"), Map.of("site", "b", "tier", "gold", "lab", "1")))
                .isEqualTo(Map.of("tier", "gold"));
        assertThat(common(Map.of("site", "a"))).isEqualTo(Map.of("site", "a"));
        assertThat(common(Map.of("site", "a"), Map.of())).isEmpty();
        assertThat(common()).isEmpty();
    }

    @SafeVarargs
    private static Map<String, String> common(Map<String, String>... labels) {
        List<TargetPool> pools = Stream.of(labels)
                .map(each -> new TargetPool(new PoolUuid(UUID.randomUUID()), "pool", each, Set.of()))
                .toList();
        return new ChosenUpdate(pools, new UpdateChoice.Latest(), UpdatePolicy.defaults()).commonLabels();
    }
}
