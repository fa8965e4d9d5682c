package io.xenpatch.job;

import io.xenpatch.assessment.ActivePoolUpdates;
import io.xenpatch.pool.PoolHolds;
import io.xenpatch.precheck.ActivePoolUpdate;
import io.xenpatch.xen.PoolUuid;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells other rooms which job holds a pool. */
@Component
class Holding implements ActivePoolUpdates, PoolHolds {
    private final JdbcClient jdbc;

    Holding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<ActivePoolUpdate> of(PoolUuid pool) {
        return holder(pool).map(hold -> new ActivePoolUpdate(hold.jobId(), hold.name()));
    }

    @Override
    public Optional<Hold> holder(PoolUuid pool) {
        return jdbc.sql("""
                        select job.id, job.name from pool_update join update_job job on job.id = pool_update.job_id
                        where pool_update.world = 'real' and pool_uuid = :pool
                            and state in ('PRECHECKING', 'RUNNING', 'PAUSED', 'CANCELLING', 'REVERTING')
                        """)
                .param("pool", pool.value())
                .query((row, n) -> new Hold(row.getObject(1, UUID.class), row.getString(2)))
                .optional();
    }
}
