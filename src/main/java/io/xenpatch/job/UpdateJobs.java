package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Update jobs: started, and started once more. */
@Service
public class UpdateJobs {
    private static final String START = "POST /update-jobs";

    private final Acceptance acceptance;
    private final JobStore store;
    private final JobReading reading;
    private final JobQueries queries;
    private final JobJournal journal;
    private final Starting starting;

    UpdateJobs(
            Acceptance acceptance,
            JobStore store,
            JobReading reading,
            JobQueries queries,
            JobJournal journal,
            Starting starting) {
        this.acceptance = acceptance;
        this.store = store;
        this.reading = reading;
        this.queries = queries;
        this.journal = journal;
        this.starting = starting;
    }

    /**
     * Starts a job, or names the one that the same request started before.
     *
     * @param key the {@code Idempotency-Key}; null = always a new job
     * @throws ProblemException {@code validation-failed}, {@code conflicting-fields}, {@code pool-not-found}, {@code
     *     host-not-found}, {@code update-not-found}, {@code pool-busy}, {@code idempotency-key-reused}
     */
    public UUID start(Caller caller, @Nullable String key, UpdateJobRequest request) {
        return start(caller, START, key, request, null);
    }

    private UUID start(
            Caller caller, String operation, @Nullable String key, UpdateJobRequest request, @Nullable JobId retryOf) {
        Attempt attempt = attempt(caller, request, retryOf);
        try {
            return UUID.fromString(starting.once(caller, operation, key, request, () -> {
                NewJob job = attempt.get();
                store.create(
                        job,
                        JobJournal.events(
                                "update-job.accepted",
                                job.createdAt(),
                                job.id(),
                                job.pools(),
                                Map.of("name", job.name())));
                journal.accepted(job, request.reason());
                return job;
            }));
        } catch (PoolOccupied occupied) {
            throw busy(occupied);
        }
    }

    /**
     * Starts a job with the request of one that has ended, or names the one that does so already and has not ended.
     *
     * @param key the {@code Idempotency-Key}; null = none
     * @throws ProblemException as {@link #start}; {@code update-job-not-found}; {@code invalid-state} while it has not ended
     */
    public UUID retry(Caller caller, @Nullable String key, UUID id) {
        JobControls.require(reading.get(caller, id), JobControl.RETRY);
        return queries.retryUnderWay(id)
                .orElseGet(() -> start(
                        caller, "POST /update-jobs/" + id + "/retry", key, reading.request(caller, id), new JobId(id)));
    }

    /** Looks into the pools before the transaction; a request that is repeated must not fail on what it did itself. */
    private Attempt attempt(Caller caller, UpdateJobRequest request, @Nullable JobId retryOf) {
        try {
            NewJob job = acceptance.job(caller, request, retryOf);
            return () -> job;
        } catch (ProblemException refused) {
            return () -> {
                throw refused;
            };
        }
    }

    private static ProblemException busy(PoolOccupied occupied) {
        return new ProblemException(
                ProblemType.POOL_BUSY,
                "Update job " + occupied.holder() + " holds pool " + occupied.pool()
                        + ". Wait for its end or cancel it, then start again. Nothing was changed.",
                List.of(),
                Map.of(
                        "poolUuid", occupied.pool().value(),
                        "jobId", occupied.holder().value()));
    }

    private interface Attempt {
        NewJob get();
    }
}
