package io.xenpatch.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job as kept, with all its pools.
 *
 * @param number counts up: the order in which jobs were accepted
 * @param request as it came in, as JSON
 */
record UpdateJob(
        UUID id,
        long number,
        String name,
        Instant createdAt,
        String createdBy,
        String request,
        Map<String, String> labels,
        List<PoolUpdate> pools) {

    UpdateJobState state() {
        return UpdateJobState.of(pools.stream().map(PoolUpdate::state).toList(), false);
    }

    Stream<HostUpdate> hosts() {
        return pools.stream().flatMap(pool -> pool.hosts().stream());
    }

    long count(HostOutcome outcome) {
        return hosts().filter(host -> host.outcome() == outcome).count();
    }

    long count(HostUpdateState state) {
        return hosts().filter(host -> host.state() == state).count();
    }

    @Nullable
    Instant startedAt() {
        return pools.stream()
                .map(PoolUpdate::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    @Nullable
    Instant finishedAt() {
        return !state().isTerminal()
                ? null
                : pools.stream()
                        .map(PoolUpdate::finishedAt)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null);
    }

    /** Whether nothing is left to do: no host skipped, no task left, every guest home. */
    boolean complete() {
        return state() == UpdateJobState.SUCCEEDED
                && pools.stream().allMatch(pool -> pool.state() == PoolUpdateState.SUCCEEDED)
                && count(HostUpdateState.SKIPPED) == 0
                && count(HostOutcome.MANUAL_ACTION_LEFT) == 0
                && hosts().allMatch(host -> host.warnings().isEmpty());
    }

    /** {@code NO_ACTION_REQUIRED, COMPLETED, COMPLETED_WITH_ACTIONS_LEFT}; null unless it succeeded (API.md). */
    @Nullable
    String result() {
        if (state() != UpdateJobState.SUCCEEDED) {
            return null;
        }
        if (count(HostOutcome.MANUAL_ACTION_LEFT) > 0) {
            return "COMPLETED_WITH_ACTIONS_LEFT";
        }
        boolean nothing = hosts().allMatch(
                        host -> host.outcome() == HostOutcome.NO_ACTION || host.outcome() == HostOutcome.LIVE_PATCHED);
        return nothing ? "NO_ACTION_REQUIRED" : "COMPLETED";
    }

    @Nullable
    Failure failure() {
        return pools.stream()
                .map(PoolUpdate::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
