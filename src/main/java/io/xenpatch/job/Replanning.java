package io.xenpatch.job;

import io.xenpatch.plan.UpdatePolicy.OnUpdatesChanged;
import java.util.Map;
import java.util.Optional;

/** The repository offers something else than what was decided on (R15). */
final class Replanning {
    /** A repository that changes more often than this while one pool is updated is for a person to look at. */
    private static final int MOST = 3;

    private Replanning() {}

    /** Whether a host received what is no longer on offer, so that the next one would get something else. */
    static boolean isNeeded(PoolUpdate pool, Optional<String> offered) {
        String pinned = pool.pinned();
        return pinned != null
                && anyHasApplied(pool)
                && offered.filter(hash -> !hash.equals(pinned)).isPresent();
    }

    /** Whether the pool may be planned again: nothing was applied, or the request says so. */
    static boolean isAllowed(PoolUpdate pool) {
        boolean wanted = pool.policy().onUpdatesChanged() == OnUpdatesChanged.REPLAN || !anyHasApplied(pool);
        return wanted && pool.replans() < MOST && pool.state() == PoolUpdateState.RUNNING;
    }

    private static boolean anyHasApplied(PoolUpdate pool) {
        return pool.hosts().stream().anyMatch(Replanning::hasApplied);
    }

    private static boolean hasApplied(HostUpdate host) {
        return host.applies() && host.observed() != null;
    }

    static Tick begin(Slice slice) {
        PoolUpdate again = slice.pool().plannedAgain();
        slice.save(again, slice.poolEvent("pool-update.planned-again", Map.of("replans", again.replans())));
        return Tick.at(slice.time());
    }

    /** Why a host gets nothing. @param offered empty where the server did not say */
    static Failure stopped(HostUpdate host, PoolUpdate pool, Optional<String> offered) {
        return Failure.of(
                Reasons.UPDATES_CHANGED,
                "The repository was synchronised: it offers "
                        + offered.map(hash -> "the state " + hash).orElse("another state")
                        + " now, and this job is about "
                        + pool.pinned() + ". Nothing was installed on host " + host.name()
                        + ", because no member gets other updates than its coordinator. Start a new job with the whole pool.");
    }
}
