package io.xenpatch.simulator;

import io.xenpatch.simulator.model.Profile;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a generated pool gets its updates. */
enum GeneratedChannel {
    /** Citrix Hypervisor 8.2.1 with five {@code pool_update}s introduced, none applied. */
    POOL_UPDATE {
        @Override
        void fill(PoolScenario pool, UpdateSet set) {
            UpdateScenario.PRESETS.forEach(pool::update);
        }
    },
    /** XenServer 8 with a synchronised repository that holds one update set. */
    REPOSITORY {
        @Override
        void fill(PoolScenario pool, UpdateSet set) {
            pool.profile(Profile.XENSERVER_8).repository(set);
        }
    };

    /** Gives the pool its product and its updates. */
    abstract void fill(PoolScenario pool, UpdateSet set);

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException in words when there is none of that name */
    static GeneratedChannel named(String label) {
        return Arrays.stream(values())
                .filter(channel -> channel.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The option --channel takes "
                        + Arrays.stream(values()).map(GeneratedChannel::label).collect(Collectors.joining(" or "))
                        + ", not " + label + "."));
    }
}
