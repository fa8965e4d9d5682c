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
    },
    /** XCP-ng 8.3 whose mirrors offer one update set. */
    XCP_NG {
        @Override
        void fill(PoolScenario pool, UpdateSet set) {
            pool.profile(Profile.XCP_NG_8_3).packages(set);
        }

        @Override
        UpdateSet usualSet() {
            return UpdateSet.REBOOT;
        }

        @Override
        void check(UpdateSet set) {
            if (!PackageSets.KNOWN.contains(set)) {
                throw new IllegalArgumentException(
                        "XCP-ng has no live patches: with --channel xcp-ng the option --update-set takes "
                                + PackageSets.KNOWN.stream().map(Enum::name).collect(Collectors.joining(" or "))
                                + ", not " + set + ".");
            }
        }
    };

    /** Gives the pool its product and its updates. */
    abstract void fill(PoolScenario pool, UpdateSet set);

    /** What it gets unless told otherwise. */
    UpdateSet usualSet() {
        return UpdateSet.LIVE;
    }

    /** @throws IllegalArgumentException in words for a set that there is not on this channel */
    void check(UpdateSet set) {}

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
