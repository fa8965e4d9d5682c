package io.xenpatch.job;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import io.xenpatch.problem.ProblemException;
import io.xenpatch.problem.ProblemType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Update jobs as they are now and as they were: every call only shows what the caller may see. */
@Service
public class JobReading {
    private final JobQueries queries;
    private final JobStore store;
    private final JsonMapper json;
    private final InstantSource clock;

    JobReading(JobQueries queries, JobStore store, JsonMapper json, InstantSource clock) {
        this.queries = queries;
        this.store = store;
        this.json = json;
        this.clock = clock;
    }

    /** @throws ProblemException {@code update-job-not-found} when it is not kept or out of the caller's scope */
    public UpdateJob get(Caller caller, UUID id) {
        return whole(row(caller, id));
    }

    /** The newest first. */
    public Page<UpdateJob> list(Caller caller, JobFilter filter, PageRequest page) {
        Long before = page.after().map(cursor -> cursor.longAt(0)).orElse(null);
        List<JobRow> found = new ArrayList<>();
        List<JobRow> read;
        do {
            read = queries.list(caller, filter, before, page.rowsToRead());
            read.stream()
                    .filter(row -> filter.state() == null || row.state() == filter.state())
                    .forEach(found::add);
            before = read.isEmpty()
                    ? before
                    : Long.valueOf(read.get(read.size() - 1).number());
        } while (found.size() < page.rowsToRead() && read.size() == page.rowsToRead());
        return Page.of(found, page, row -> Cursor.of(row.number())).map(this::whole);
    }

    /** The hosts in the order of the work; none before it is planned. @throws ProblemException as {@link #get} */
    public Page<HostProgress> hosts(Caller caller, UUID id, PageRequest page) {
        return Places.page(hosts(caller, id), page);
    }

    /** The steps of all hosts in the order of the work. @throws ProblemException as {@link #get} */
    public Page<StepProgress> steps(Caller caller, UUID id, PageRequest page) {
        List<Places.Placed<StepProgress>> steps = new ArrayList<>();
        for (Places.Placed<HostProgress> host : hosts(caller, id)) {
            for (StepProgress step : host.item().steps()) {
                steps.add(new Places.Placed<>(host.pool(), host.host(), step.position(), step));
            }
        }
        return Places.page(steps, page);
    }

    /** Everything that is kept. @throws ProblemException as {@link #get} */
    public UpdateJobReport report(Caller caller, UUID id) {
        return new UpdateJobReport(
                clock.instant(),
                get(caller, id),
                hosts(caller, id).stream().map(Places.Placed::item).toList());
    }

    private List<Places.Placed<HostProgress>> hosts(Caller caller, UUID id) {
        JobRow row = row(caller, id);
        List<Places.Placed<HostProgress>> hosts = new ArrayList<>();
        for (PoolUpdate pool : store.poolUpdatesOf(new JobId(row.id()))) {
            for (HostUpdate host : pool.hosts()) {
                hosts.add(new Places.Placed<>(pool.position(), host.position(), 0, HostProgress.of(pool, host)));
            }
        }
        return hosts;
    }

    /** The request of a job as it came in. @throws ProblemException as {@link #get} */
    UpdateJobRequest request(Caller caller, UUID id) {
        return json.readValue(row(caller, id).request(), UpdateJobRequest.class);
    }

    private JobRow row(Caller caller, UUID id) {
        return queries.find(caller, id)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.UPDATE_JOB_NOT_FOUND, "There is no update job " + id + "."));
    }

    private UpdateJob whole(JobRow row) {
        return UpdateJob.of(
                row, json.readTree(row.request()), store.poolUpdatesOf(new JobId(row.id())), clock.instant());
    }
}
