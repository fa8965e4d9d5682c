package io.xenpatch.job;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.assessment.PrecheckView;
import io.xenpatch.plan.StepType;
import io.xenpatch.xen.HostUuid;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An update job: what was asked for, how far it is and what came of it.
 *
 * @param id id of the job
 * @param name as the request says, or made
 * @param state computed from its pools; more states may be added, an unknown one is not terminal
 * @param createdAt when it was accepted
 * @param startedAt when its first pool began; null before
 * @param finishedAt when its last pool ended; null before
 * @param createdBy who asked for it
 * @param request the request as it came in
 * @param labels the labels of the request
 * @param progress how far it is
 * @param pools its pools, in the order of the request
 * @param summary finished hosts by what became of them
 * @param result what it came to; null unless it {@code SUCCEEDED}
 * @param failure that of the first pool that has one; null when none has
 * @param retryOf id of the job that this one repeats; null when it repeats none
 */
@Schema(name = "UpdateJob")
public record UpdateJob(
        UUID id,
        String name,
        UpdateJobState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String createdBy,
        @Schema(implementation = UpdateJobRequest.class) JsonNode request,
        Map<String, String> labels,
        Progress progress,
        List<Pool> pools,
        Summary summary,
        @Nullable Result result,
        @Nullable Failure failure,
        @Nullable UUID retryOf) {

    static UpdateJob of(JobRow row, JsonNode request, List<PoolUpdate> pools, Instant now) {
        UpdateJobState state = UpdateJobState.of(
                pools.stream().map(PoolUpdate::state).toList(), UpdateJobState.WaitingFor.of(pools, now));
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
                row.retryOf());
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
     * How far an update job is.
     *
     * @param hostsTotal number of hosts; 0 until the work is planned
     * @param hostsDone succeeded, skipped or failed
     * @param hostsInProgress being worked on now
     * @param percent 0 to 100
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

    /**
     * One pool of an update job.
     *
     * @param poolUuid XAPI uuid of the pool
     * @param name name of the pool
     * @param state how far this pool is
     * @param cancelRequested whether somebody cancelled it
     * @param pauseRequested whether somebody wants no further host to begin
     * @param skipRequested XAPI uuids of hosts that somebody wants left out
     * @param notBefore when it may begin, or go on in its next maintenance window; null unless it waits for that
     * @param closesAt when its maintenance window closes, so that no further host begins; null when it is in none
     * @param maintenanceWindowId id of the maintenance window that it works in; null when it works in none
     * @param startedAt when it began; null before
     * @param finishedAt when it ended; null before
     * @param prechecks what was found before any host was touched
     * @param fixes what was changed for the time of the work, and what became of it
     * @param failure why it failed or was rejected; null when it did not
     */
    @Schema(name = "UpdateJobPool")
    public record Pool(
            UUID poolUuid,
            String name,
            PoolUpdateState state,
            boolean cancelRequested,
            boolean pauseRequested,
            List<UUID> skipRequested,
            @Nullable Instant notBefore,
            @Nullable Instant closesAt,
            @Nullable UUID maintenanceWindowId,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<PrecheckView> prechecks,
            List<FixProgress> fixes,
            @Nullable Failure failure) {

        static Pool of(PoolUpdate pool) {
            return new Pool(
                    pool.pool().value(),
                    pool.poolName(),
                    pool.state(),
                    pool.cancelRequested(),
                    pool.pauseRequested(),
                    pool.wishes().skip().stream().map(HostUuid::value).sorted().toList(),
                    pool.notBefore(),
                    pool.closesAt(),
                    pool.window() == null ? null : pool.window().id(),
                    pool.startedAt(),
                    pool.finishedAt(),
                    pool.prechecks().stream().map(PrecheckView::of).toList(),
                    pool.fixes().stream().map(FixProgress::of).toList(),
                    pool.failure());
        }
    }

    /**
     * Finished hosts by what became of them; when the job has ended, the sum is {@code hostsTotal}.
     *
     * @param livePatched hosts on which a live patch took the place of a reboot
     * @param rebooted hosts that were rebooted
     * @param toolstackRestarted hosts of which only the toolstack was restarted
     * @param evacuated hosts that were only evacuated
     * @param noAction hosts that needed nothing, or nothing but the installation
     * @param manualActionLeft hosts on which something is left for a person
     * @param skipped hosts that were left out
     * @param failed hosts that failed
     * @param complete whether nothing is left: every pool succeeded, no host was skipped, no task is left, every VM is home, and
     *     every fix is taken back
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
                            && pools.stream().allMatch(Summary::isComplete)
                            && hosts.stream().allMatch(host -> host.warnings().isEmpty()));
        }

        private static boolean isComplete(PoolUpdate pool) {
            return pool.state() == PoolUpdateState.SUCCEEDED
                    && pool.fixes().stream()
                            .noneMatch(fix -> fix.state() == FixState.LEFT || fix.state() == FixState.NOT_REVERTED);
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
    @Schema(name = "UpdateJobResult")
    public enum Result {
        /** No host had to restart anything. */
        NO_ACTION_REQUIRED,
        /** Something was restarted, and nothing is left. */
        COMPLETED,
        /** Something is left for a person. */
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
                            (host.outcome() == HostOutcome.NO_ACTION || host.outcome() == HostOutcome.LIVE_PATCHED)
                                    && !host.hasDone(StepType.RESTART_TOOLSTACK));
            return quiet ? NO_ACTION_REQUIRED : COMPLETED;
        }
    }
}
