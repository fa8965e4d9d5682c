package io.xenpatch.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.precheck.PrecheckRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
@Schema(name = "UpdateJob")
record JobView(
        UUID id,
        String name,
        UpdateJobState state,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String createdBy,
        Map<String, String> labels,

        @JsonRawValue @Schema(type = "object", description = "The request as it came in")
        String request,

        Progress progress,
        List<PoolPart> pools,
        Summary summary,

        @Schema(allowableValues = {"NO_ACTION_REQUIRED", "COMPLETED", "COMPLETED_WITH_ACTIONS_LEFT"}) @Nullable
        String result,

        @Nullable Failure failure,
        @Nullable UUID retryOf) {

    static JobView of(UpdateJob job) {
        return new JobView(
                job.id(),
                job.name(),
                job.state(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.createdBy(),
                job.labels(),
                job.request(),
                Progress.of(job),
                job.pools().stream().map(PoolPart::of).toList(),
                Summary.of(job),
                job.result(),
                job.failure(),
                null);
    }

    /** @param percent 0 to 100, by finished hosts; 100 for an ended job */
    record Progress(long hostsTotal, long hostsDone, long hostsInProgress, long percent) {

        static Progress of(UpdateJob job) {
            long total = job.hosts().count();
            long done = job.hosts().filter(host -> host.state().isTerminal()).count();
            long percent = job.state().isTerminal() ? 100 : total == 0 ? 0 : 100 * done / total;
            return new Progress(total, done, job.count(HostUpdateState.IN_PROGRESS), percent);
        }
    }

    /** One pool of the job. */
    @Schema(name = "PoolUpdate")
    record PoolPart(
            UUID poolUuid,
            String name,
            PoolUpdateState state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            List<PrecheckRow> prechecks,
            @Nullable Failure failure) {

        static PoolPart of(PoolUpdate pool) {
            return new PoolPart(
                    pool.pool().value(),
                    pool.poolName(),
                    pool.state(),
                    pool.startedAt(),
                    pool.finishedAt(),
                    pool.prechecks(),
                    pool.failure());
        }
    }

    /** Hosts by outcome, plus skipped and failed ones. @param complete nothing is left to do */
    record Summary(
            long livePatched,
            long rebooted,
            long toolstackRestarted,
            long evacuated,
            long noAction,
            long manualActionLeft,
            long skipped,
            long failed,
            boolean complete) {

        static Summary of(UpdateJob job) {
            return new Summary(
                    job.count(HostOutcome.LIVE_PATCHED),
                    job.count(HostOutcome.REBOOTED),
                    job.count(HostOutcome.TOOLSTACK_RESTARTED),
                    job.count(HostOutcome.EVACUATED),
                    job.count(HostOutcome.NO_ACTION),
                    job.count(HostOutcome.MANUAL_ACTION_LEFT),
                    job.count(HostUpdateState.SKIPPED),
                    job.count(HostUpdateState.FAILED),
                    job.complete());
        }
    }
}
