package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.FaultKind;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.UpdateUuid;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageCleaningTests {

    private static VirtualRun run(int hosts) {
        return VirtualRun.of(Scenario.of(Scenario.pool("clean").hosts(hosts).update("LIVE")));
    }

    /** A moment after the job: what it asked for last has happened. */
    private static boolean isUploaded(VirtualRun run, UpdateUuid update) {
        run.pool().advanceTo(run.pool().instant().plusSeconds(1));
        return run.seen().update(update).orElseThrow().uploaded();
    }

    @Test
    void cleansTheImageAwayOnceEveryHostHasTheUpdate() {
        try (VirtualRun run = run(2)) {
            UpdateUuid update = run.update("LIVE");

            PoolUpdate ended = run.job(update, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(isUploaded(run, update)).isFalse();
            assertThat(run.journal(JournalAction.UPDATE_CLEANED)).hasSize(1);
            assertThat(run.seen().update(update).orElseThrow().appliedOn()).hasSize(2);
        }
    }

    @Test
    void keepsTheImageWhileAHostOfThePoolLacksTheUpdate() {
        try (VirtualRun run = run(2)) {
            UpdateUuid update = run.update("LIVE");

            run.job(update, Set.of(run.host(0)), UpdatePolicy.defaults());

            assertThat(isUploaded(run, update)).isTrue();
            assertThat(run.journal(JournalAction.UPDATE_CLEANED)).isEmpty();
        }
    }

    @Test
    void succeedsAlthoughTheImageCannotBeCleanedAway() {
        try (VirtualRun run = run(1)) {
            run.pool()
                    .inject(Fault.on(run.seen().uuid().toString(), FaultKind.API_ERROR)
                            .forMethod("Async.pool_update.pool_clean")
                            .failingWith("INTERNAL_ERROR", "no"));
            UpdateUuid update = run.update("LIVE");

            PoolUpdate ended = run.job(update, Set.of(), UpdatePolicy.defaults());

            assertThat(ended.state()).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(isUploaded(run, update)).isTrue();
        }
    }
}
