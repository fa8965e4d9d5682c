package io.xenpatch.job;

import io.xenpatch.IntegrationTest;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class PostgresJobStoreTests extends JobStoreContract {
    private final PostgresJobStore store;
    private final JdbcClient jdbc;

    PostgresJobStoreTests(@Autowired PostgresJobStore store, @Autowired JdbcClient jdbc) {
        this.store = store;
        this.jdbc = jdbc;
    }

    @Override
    JobStore store() {
        return store;
    }

    /** The database has the time; so the leases are made older instead. */
    @Override
    void pass(Duration time) {
        jdbc.sql("update pool_lease set expires_at = expires_at - make_interval(secs => :seconds)")
                .param("seconds", time.toSeconds())
                .update();
    }

    @Override
    List<String> eventTypes(JobId job) {
        return jdbc.sql("select type from event where job_id = :job order by id")
                .param("job", job.value())
                .query(String.class)
                .list();
    }
}
