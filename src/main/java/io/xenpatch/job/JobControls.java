package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.pool.Pools;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.PoolUuid;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/** What people ask of a job while it waits or runs (P5.6). It is written down here; whoever works on the job hears it at the next slice. */
@Service
public class JobControls {
    private final JobStore store;
    private final JobReading reading;
    private final Pools pools;
    private final JobJournal journal;
    private final Starting starting;
    private final InstantSource clock;

    JobControls(
            JobStore store,
            JobReading reading,
            @Lazy Pools pools,
            JobJournal journal,
            Starting starting,
            InstantSource clock) {
        this.store = store;
        this.reading = reading;
        this.pools = pools;
        this.journal = journal;
        this.starting = starting;
        this.clock = clock;
    }

    /**
     * Asks a job to end at the next safe point (R29); asking again changes nothing, also when it is cancelled by then.
     *
     * @throws ProblemException {@code update-job-not-found}; {@code invalid-state} when it has ended otherwise
     */
    public UpdateJob cancel(Caller caller, UUID id) {
        return ask(caller, id, JobControl.CANCEL, "update-job.cancel-requested", store::requestCancel);
    }

    /**
     * Asks that no further host begins; hosts in progress are finished. The pools stay the job's. Asking again changes nothing.
     *
     * @throws ProblemException {@code update-job-not-found}; {@code invalid-state} when it has ended or is being cancelled
     */
    public UpdateJob pause(Caller caller, UUID id) {
        return ask(
                caller,
                id,
                JobControl.PAUSE,
                "update-job.pause-requested",
                (job, events) -> store.requestPause(job, true, events));
    }

    /** Ends a pause; where there is none, nothing changes. @throws ProblemException as {@link #pause} */
    public UpdateJob resume(Caller caller, UUID id) {
        return ask(
                caller,
                id,
                JobControl.RESUME,
                "update-job.resume-requested",
                (job, events) -> store.requestPause(job, false, events));
    }

    /**
     * Asks to leave a host out. One that has begun goes back into service as long as its update has not been applied.
     *
     * @throws ProblemException {@code update-job-not-found}, {@code host-not-found} when it is no host of the job; {@code invalid-state} when
     *     the host is finished or its update is applied, or the job has ended or is being cancelled
     */
    public UpdateJob skip(Caller caller, UUID id, UUID host) {
        UpdateJob job = reading.get(caller, id);
        HostUuid uuid = new HostUuid(host);
        require(job, JobControl.SKIP);
        PoolUpdate pool = poolOf(caller, new JobId(id), uuid);
        pool.hosts().stream()
                .filter(known -> known.host().equals(uuid) && !maySkip(known))
                .findFirst()
                .ifPresent(known -> {
                    throw new ProblemException(
                            ProblemType.INVALID_STATE,
                            "Host " + known.name() + " can't be left out any more: it is "
                                    + (known.state() == HostUpdateState.IN_PROGRESS
                                            ? "being updated, and that is finished completely."
                                            : known.state() + "."),
                            List.of(),
                            Map.of("state", known.state()));
                });
        starting.ask(() -> {
            boolean asked = store.requestSkip(
                    pool.id(),
                    uuid,
                    List.of(new NewEvent(
                            "host-update.skip-requested",
                            clock.instant(),
                            pool.pool().value(),
                            host,
                            id,
                            Map.of())));
            if (asked) {
                journal.asked(caller, new JobId(id), "update-job.skip-requested", Map.of("hostUuid", host));
            }
            return asked ? List.of(pool.id()) : List.of();
        });
        return reading.get(caller, id);
    }

    private static boolean maySkip(HostUpdate host) {
        return host.state() == HostUpdateState.PENDING
                || host.state() == HostUpdateState.SKIPPED
                || host.state() == HostUpdateState.IN_PROGRESS && !Rolling.hasApplied(host);
    }

    private PoolUpdate poolOf(Caller caller, JobId job, HostUuid host) {
        PoolUuid pool = pools.poolOf(caller, host);
        return store.poolUpdatesOf(job).stream()
                .filter(each -> each.pool().equals(pool))
                .filter(each -> each.targets().isEmpty()
                        || each.targets().contains(host)
                        || each.hosts().stream().anyMatch(known -> known.host().equals(host)))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.HOST_NOT_FOUND, "Host " + host + " is none of update job " + job + "."));
    }

    private UpdateJob ask(
            Caller caller,
            UUID id,
            JobControl control,
            String what,
            BiFunction<JobId, List<NewEvent>, List<PoolUpdateId>> request) {
        UpdateJob job = reading.get(caller, id);
        require(job, control);
        if (job.state().isTerminal()) {
            return job;
        }
        JobId jobId = new JobId(id);
        starting.ask(() -> {
            List<PoolUpdateId> asked = request.apply(
                    jobId,
                    JobJournal.events(
                            what,
                            clock.instant(),
                            jobId,
                            store.poolUpdatesOf(jobId).stream()
                                    .filter(pool -> !pool.state().isTerminal())
                                    .toList(),
                            Map.of()));
            if (!asked.isEmpty()) {
                journal.asked(caller, jobId, what, Map.of());
            }
            return asked;
        });
        return reading.get(caller, id);
    }

    static void require(UpdateJob job, JobControl control) {
        if (!control.isAllowedIn(job.state())) {
            throw new ProblemException(
                    ProblemType.INVALID_STATE, control.refusal(job), List.of(), Map.of("state", job.state()));
        }
    }
}
