package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.PrecheckView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An update job as the API shows it.
 *
 * @param startedAt when its first pool began
 * @param finishedAt when its last pool ended; null before
 * @param request as it came in
 * @param result null unless it SUCCEEDED
 * @param failure of the first pool that has one
 * @param retryOf the job that this one repeats
 */
@Schema(name = "UpdateJob", description = "An update job: what was asked for, how far it is and what came of it.")
public record UpdateJob(
        UUID id,
        String name,
        UpdateJobState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String createdBy,
        @Schema(type = "object") JsonNode request,
        Map<String, String> labels,
        Progress progress,
        List<Pool> pools,
        Summary summary,
        @Nullable Result result,
        @Nullable Failure failure,
        @Nullable UUID retryOf) {

    static UpdateJob of(JobRow row, JsonNode request, List<PoolUpdate> pools) {
        UpdateJobState state =
                UpdateJobState.of(pools.stream().map(PoolUpdate::state).toList(), false);
        List<HostUpdate> hosts =
                pools.stream().flatMap(pool -> pool.hosts().stream()).toList();
        return new UpdateJob(
                row.id(),
                row.name(),
                state,
                row.createdAt(),
                pools.stream()
                        .map(PoolUpdate::startedAt)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                state.isTerminal()
                        ? pools.stream()
                                .map(PoolUpdate::finishedAt)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null)
                        : null,
                row.createdBy(),
                request,
                row.labels(),
                Progress.of(hosts, state),
                pools.stream().map(Pool::of).toList(),
                Summary.of(pools, hosts, state),
                Result.of(hosts, state),
                failure(pools),
                null);
    }

    private static @Nullable Failure failure(List<PoolUpdate> pools) {
        return pools.stream()
                .sorted(Comparator.comparing(pool -> pool.state() != PoolUpdateState.FAILED))
                .map(PoolUpdate::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * How far it is.
     *
     * @param hostsTotal 0 until the work is planned
     * @param hostsDone succeeded, skipped or failed
     * @param percent 0 … 100
     */
    @Schema(name = "UpdateJobProgress")
    public record Progress(int hostsTotal, int hostsDone, int hostsInProgress, int percent) {

        static Progress of(List<HostUpdate> hosts, UpdateJobState state) {
            int total = hosts.size();
            int done = (int)
                    hosts.stream().filter(host -> host.state().isTerminal()).count();
            int busy = (int) hosts.stream()
                    .filter(host -> host.state() == HostUpdateState.IN_PROGRESS)
                    .count();
            int percent = state.isTerminal() ? 100 : total == 0 ? 0 : done * 100 / total;
            return new Progress(total, done, busy, percent);
        }
    }

    /** One pool of the job. */
    @Schema(name = "UpdateJobPool")
    public record Pool(
            UUID poolUuid,
            String name,
            PoolUpdateState state,
            boolean cancelRequested,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<PrecheckView> prechecks,
            @Nullable Failure failure) {

        static Pool of(PoolUpdate pool) {
            return new Pool(
                    pool.pool().value(),
                    pool.poolName(),
                    pool.state(),
                    pool.cancelRequested(),
                    pool.startedAt(),
                    pool.finishedAt(),
                    pool.prechecks().stream().map(PrecheckView::of).toList(),
                    pool.failure());
        }
    }

    /**
     * Finished hosts by what became of them; when the job has ended, the sum is {@code hostsTotal}.
     *
     * @param complete whether nothing is left: every pool succeeded, no host skipped, no task left, every guest home
     */
    @Schema(name = "UpdateJobSummary")
    public record Summary(
            int livePatched,
            int rebooted,
            int toolstackRestarted,
            int evacuated,
            int noAction,
            int manualActionLeft,
            int skipped,
            int failed,
            boolean complete) {

        static Summary of(List<PoolUpdate> pools, List<HostUpdate> hosts, UpdateJobState state) {
            int left = count(hosts, HostOutcome.MANUAL_ACTION_LEFT);
            int skipped = count(hosts, HostUpdateState.SKIPPED);
            int failed = count(hosts, HostUpdateState.FAILED);
            return new Summary(
                    count(hosts, HostOutcome.LIVE_PATCHED),
                    count(hosts, HostOutcome.REBOOTED),
                    count(hosts, HostOutcome.TOOLSTACK_RESTARTED),
                    count(hosts, HostOutcome.EVACUATED),
                    count(hosts, HostOutcome.NO_ACTION),
                    left,
                    skipped,
                    failed,
                    state == UpdateJobState.SUCCEEDED
                            && left + skipped + failed == 0
                            && pools.stream().allMatch(pool -> pool.state() == PoolUpdateState.SUCCEEDED)
                            && hosts.stream().allMatch(host -> host.warnings().isEmpty()));
        }

        private static int count(List<HostUpdate> hosts, HostOutcome outcome) {
            return (int) hosts.stream()
                    .filter(host -> host.state() == HostUpdateState.SUCCEEDED && host.outcome() == outcome)
                    .count();
        }

        private static int count(List<HostUpdate> hosts, HostUpdateState state) {
            return (int) hosts.stream().filter(host -> host.state() == state).count();
        }
    }

    /** What a job that succeeded came to. */
    public enum Result {
        /** No host had to restart anything. */
        NO_ACTION_REQUIRED,
        COMPLETED,
        COMPLETED_WITH_ACTIONS_LEFT;

        static @Nullable Result of(List<HostUpdate> hosts, UpdateJobState state) {
            if (state != UpdateJobState.SUCCEEDED) {
                return null;
            }
            if (hosts.stream().anyMatch(host -> host.outcome() == HostOutcome.MANUAL_ACTION_LEFT)) {
                return COMPLETED_WITH_ACTIONS_LEFT;
            }
            boolean quiet = hosts.stream()
                    .allMatch(host ->
                            host.outcome() == HostOutcome.NO_ACTION || host.outcome() == HostOutcome.LIVE_PATCHED);
            return quiet ? NO_ACTION_REQUIRED : COMPLETED;
        }
    }
}
