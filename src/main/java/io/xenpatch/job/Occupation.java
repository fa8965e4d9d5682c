package io.xenpatch.job;

import io.xenpatch.assessment.ActivePoolUpdates;
import io.xenpatch.pool.PoolHolds;
import io.xenpatch.precheck.ActivePoolUpdate;
import io.xenpatch.xen.PoolUuid;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells the other rooms which job holds a pool. */
@Component
class Occupation implements ActivePoolUpdates, PoolHolds {
    private final JobStore store;
    private final JobQueries jobs;

    Occupation(JobStore store, JobQueries jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    @Override
    public Optional<ActivePoolUpdate> of(PoolUuid pool) {
        return job(pool).map(job -> new ActivePoolUpdate(job.value(), name(job)));
    }

    @Override
    public Optional<Hold> holder(PoolUuid pool) {
        return job(pool)
                .map(job -> new Hold(
                        "Update job " + name(job),
                        "Wait for its end, or cancel it.",
                        Map.of("jobId", job.value().toString())));
    }

    private Optional<JobId> job(PoolUuid pool) {
        return store.holderOf(PoolUpdate.REAL, pool).flatMap(store::poolUpdate).map(PoolUpdate::job);
    }

    private String name(JobId job) {
        return jobs.name(job).orElse(job.toString());
    }
}
