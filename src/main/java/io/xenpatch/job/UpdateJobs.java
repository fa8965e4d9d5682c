package io.xenpatch.job;

import io.xenpatch.assessment.ChosenUpdate;
import io.xenpatch.assessment.UpdateRequests;
import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Update jobs: accepted, read, cancelled. What moves them is {@link PoolUpdateRunner}. */
@Service
class UpdateJobs {

    private static final Duration LATEST_START = Duration.ofHours(4);
    private static final String COLUMNS =
            "select id, number, name, created_at, created_by, request::text, labels::text from update_job where world = 'real' ";

    private final UpdateRequests requests;
    private final JobStore store;
    private final JobJson json;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Running running;

    UpdateJobs(
            UpdateRequests requests, JobStore store, JobJson json, JdbcClient jdbc, AuditLog audit, Running running) {
        this.requests = requests;
        this.store = store;
        this.json = json;
        this.jdbc = jdbc;
        this.audit = audit;
        this.running = running;
    }

    /** Makes sense of a request without writing anything. @throws ProblemException for whatever is wrong with it */
    ChosenUpdate check(Caller caller, UpdateJobRequest request) {
        request.check();
        return requests.check(caller, request.shared());
    }

    /** @throws ProblemException {@code pool-busy} naming the holder; nothing is written then */
    @Transactional
    public UUID start(Caller caller, UpdateJobRequest request, ChosenUpdate chosen) {
        JobId id = JobId.random();
        Instant now = running.now();
        List<PoolUpdate> pools = new java.util.ArrayList<>();
        chosen.targets()
                .forEach(target -> pools.add(new PoolUpdate(
                        PoolUpdateId.random(),
                        id,
                        PoolUpdate.REAL,
                        target.pool(),
                        target.name(),
                        pools.size(),
                        PoolUpdateState.WAITING,
                        chosen.update(),
                        target.hosts(),
                        chosen.policy(),
                        now,
                        now.plus(LATEST_START),
                        null,
                        null,
                        false,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        List.of())));
        String name = request.name() == null ? "Update " + chosen.update() : request.name();
        NewJob job = new NewJob(
                id,
                name,
                caller,
                now,
                json.write(request),
                request.labels() == null ? Map.of() : request.labels(),
                request.rolloutOrDefault(),
                pools);
        try {
            store.create(
                    job,
                    List.of(new NewEvent("update-job.accepted", now, null, null, id.value(), Map.of("name", name))));
        } catch (PoolOccupied occupied) {
            throw new ProblemException(
                    ProblemType.POOL_BUSY,
                    "Pool " + occupied.pool() + " is held by update job " + occupied.holder()
                            + ". Wait for it or cancel it.",
                    List.of(),
                    Map.of(
                            "poolUuid",
                            occupied.pool().value(),
                            "jobId",
                            occupied.holder().value()));
        }
        audit.append(caller, "update-job.started", "update-job/" + id, Map.of("name", name, "pools", pools.size()));
        pools.forEach(pool -> running.begin(pool.id()));
        return id.value();
    }

    /** @throws ProblemException {@code update-job-not-found} */
    UpdateJob get(Caller caller, UUID id) {
        Optional<UpdateJob> found = jdbc.sql(COLUMNS + "and id = :id and pool_labels @> :scope::jsonb")
                .param("id", id)
                .param("scope", json.write(caller.scope()))
                .query((row, n) -> job(row))
                .optional();
        return found.orElseThrow(
                () -> new ProblemException(ProblemType.UPDATE_JOB_NOT_FOUND, "There is no update job " + id + "."));
    }

    /** The newest first. @param before the number of the last job of the page before; {@code Long.MAX_VALUE} = the first page */
    List<UpdateJob> list(Caller caller, long before, int rows) {
        return jdbc.sql(COLUMNS
                        + "and number < :before and pool_labels @> :scope::jsonb order by number desc limit :rows")
                .param("before", before)
                .param("scope", json.write(caller.scope()))
                .param("rows", rows)
                .query((row, n) -> job(row))
                .list();
    }

    /** Asks the job to end at its next safe point (R29). Twice is like once; after its end nothing happens. */
    @Transactional
    public void cancel(Caller caller, UUID id) {
        UpdateJob job = get(caller, id);
        NewEvent asked =
                new NewEvent("update-job.cancel-requested", running.now(), null, null, id, Map.of("by", caller.name()));
        List<PoolUpdateId> pools = store.requestCancel(new JobId(id), List.of(asked));
        if (!pools.isEmpty()) {
            audit.append(caller, "update-job.cancelled", "update-job/" + id, Map.of("name", job.name()));
            pools.forEach(running::wake);
        }
    }

    private UpdateJob job(java.sql.ResultSet row) throws java.sql.SQLException {
        UUID id = row.getObject(1, UUID.class);
        @SuppressWarnings("unchecked")
        Map<String, String> labels = json.read(row.getString(7), Map.class);
        return new UpdateJob(
                id,
                row.getLong(2),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.getString(5),
                row.getString(6),
                labels,
                store.poolUpdatesOf(new JobId(id)));
    }
}
