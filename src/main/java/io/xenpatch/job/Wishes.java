package io.xenpatch.job;

import io.xenpatch.xen.HostUuid;
import java.util.Set;

/**
 * What people asked of a pool update while it runs. Written from outside at any time and never by a slice; the owner sees it when it loads
 * the pool again.
 *
 * @param cancel to end at the next safe point (R29); never unset
 * @param pause no further host begins; unset by resume
 * @param skip hosts to leave out; only grows
 */
record Wishes(boolean cancel, boolean pause, Set<HostUuid> skip) {

    static final Wishes NONE = new Wishes(false, false, Set.of());

    Wishes {
        skip = Set.copyOf(skip);
    }

    Wishes cancelling() {
        return new Wishes(true, pause, skip);
    }

    Wishes pausing(boolean wanted) {
        return new Wishes(cancel, wanted, skip);
    }

    Wishes skipping(HostUuid host) {
        Set<HostUuid> all = new java.util.HashSet<>(skip);
        all.add(host);
        return new Wishes(cancel, pause, all);
    }
}
