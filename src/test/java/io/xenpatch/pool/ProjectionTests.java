package io.xenpatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectionTests {
    private static final UpdateUuid EARLIER = new UpdateUuid(new UUID(0, 501));

    @Test
    void showsAToolstackRestartThatAHostStillOwes() {
        var pool = TestPool.of(2)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                .change(1, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)));

        var owing = hostFacts(pool, 1);

        assertThat(owing.updateStatus()).isEqualTo(UpdateStatus.TASKS_PENDING);
        assertThat(owing.pendingTasks())
                .containsExactly(new PendingTask(
                        UpdateTask.RESTART_TOOLSTACK,
                        "Update XS82E000 takes effect with a toolstack restart",
                        EARLIER.value()));
        assertThat(hostFacts(pool, 0).pendingTasks()).isEmpty();
    }

    @Test
    void showsOnlyTheRebootWhereBothAreOwed() {
        var pool = TestPool.of(1)
                .earlier(EARLIER, Guidance.RESTART_TOOLSTACK, Guidance.REBOOT_HOST)
                .change(0, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)))
                .change(0, TestPool.rebootOwedTo(EARLIER));

        assertThat(hostFacts(pool, 0).pendingTasks())
                .extracting(PendingTask::task)
                .containsExactly(UpdateTask.REBOOT_HOST);
    }

    private static HostFacts hostFacts(TestPool pool, int index) {
        var facts =
                Projection.of(pool.snapshot()).hosts().get(TestPool.host(index).value());
        return java.util.Objects.requireNonNull(facts);
    }
}
