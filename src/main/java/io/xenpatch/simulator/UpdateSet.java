package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;

/** What the repository of a generated pool holds. The names are those of the generated {@code pool_update}s. */
public enum UpdateSet {
    /** Live patches for Xen and for the kernel make the recommended reboot needless. */
    LIVE,
    /** A reboot is recommended, and there is no live patch. */
    REBOOT,
    /** A toolstack restart is mandatory. */
    TOOLSTACK,
    /** Nothing has to be done after it. */
    NOTHING,
    /** As {@link #LIVE}, but no live patch can be loaded in reality. */
    FAILS;

    /** @throws IllegalArgumentException in words when there is none of that name */
    @JsonCreator
    public static UpdateSet named(String name) {
        return Arrays.stream(values())
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no update set " + name + " (known: "
                        + Arrays.toString(values()).replaceAll("[\\[\\]]", "") + ")."));
    }
}
