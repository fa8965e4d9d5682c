package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.eventlog.NewEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class MemoryJobStoreTests extends JobStoreContract {
    private final SettableClock clock = new SettableClock(JobSamples.NOW);
    private final MemoryJobStore store = new MemoryJobStore(clock);

    /** A pool update has it with it here. */
    @Override
    void define(MaintenanceWindow window) {}

    @Override
    JobStore store() {
        return store;
    }

    @Override
    void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    List<String> eventTypes(JobId job) {
        return store.events().stream()
                .filter(event -> job.value().equals(event.jobId()))
                .map(NewEvent::type)
                .toList();
    }

    @Test
    void losesOneCommitWithoutATrace() {
        NewJob job = JobSamples.job(JobSamples.newPool());
        store.loseNextCommit();

        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> store.create(job, List.of()));

        assertThat(store.poolUpdatesOf(job.id())).isEmpty();
        store.create(job, List.of());
        assertThat(store.poolUpdatesOf(job.id())).hasSize(1);
    }

    @Test
    void losesOneAnswerAfterTheCommit() {
        NewJob job = JobSamples.job(JobSamples.newPool());
        store.loseNextAnswer();

        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> store.create(job, List.of()));

        assertThat(store.poolUpdatesOf(job.id())).hasSize(1);
        assertThat(store.requestCancel(job.id(), List.of())).hasSize(1);
    }
}
