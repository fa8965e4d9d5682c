package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Update jobs: started and cancelled. */
@Service
public class UpdateJobs {
    private static final String START = "POST /update-jobs";

    private final Acceptance acceptance;
    private final JobStore store;
    private final JobReading reading;
    private final JobJournal journal;
    private final Starting starting;
    private final InstantSource clock;

    UpdateJobs(
            Acceptance acceptance,
            JobStore store,
            JobReading reading,
            JobJournal journal,
            Starting starting,
            InstantSource clock) {
        this.acceptance = acceptance;
        this.store = store;
        this.reading = reading;
        this.journal = journal;
        this.starting = starting;
        this.clock = clock;
    }

    /**
     * Starts a job, or names the one that the same request started before.
     *
     * @param key the {@code Idempotency-Key}; null = always a new job
     * @throws ProblemException {@code validation-failed}, {@code conflicting-fields}, {@code pool-not-found}, {@code
     *     host-not-found}, {@code update-not-found}, {@code pool-busy}, {@code idempotency-key-reused}
     */
    public UUID start(Caller caller, @Nullable String key, UpdateJobRequest request) {
        Attempt attempt = attempt(caller, request);
        try {
            return UUID.fromString(starting.once(caller, START, key, request, () -> {
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
     * Asks a job to end at the next safe point (R29); asking again changes nothing, also when it is cancelled by then.
     *
     * @throws ProblemException {@code update-job-not-found}; {@code invalid-state} when it has ended otherwise
     */
    public UpdateJob cancel(Caller caller, UUID id) {
        UpdateJob job = reading.get(caller, id);
        if (job.state() == UpdateJobState.CANCELLED) {
            return job;
        }
        if (job.state().isTerminal()) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE,
                    "Update job " + job.name() + " has ended (" + job.state() + "), so it can't be cancelled.",
                    List.of(),
                    Map.of("state", job.state()));
        }
        JobId jobId = new JobId(id);
        starting.cancel(() -> {
            List<PoolUpdateId> asked = store.requestCancel(
                    jobId,
                    JobJournal.events(
                            "update-job.cancel-requested",
                            clock.instant(),
                            jobId,
                            store.poolUpdatesOf(jobId).stream()
                                    .filter(pool -> !pool.state().isTerminal())
                                    .toList(),
                            Map.of()));
            if (!asked.isEmpty()) {
                journal.cancelRequested(caller, jobId);
            }
            return asked;
        });
        return reading.get(caller, id);
    }

    /** Looks into the pools before the transaction; a request that is repeated must not fail on what it did itself. */
    private Attempt attempt(Caller caller, UpdateJobRequest request) {
        try {
            NewJob job = acceptance.job(caller, request);
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
