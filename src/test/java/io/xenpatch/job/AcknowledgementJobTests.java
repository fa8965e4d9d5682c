package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.assessment.Outcome;
import io.xenpatch.assessment.PoolReport;
import io.xenpatch.assessment.TestAssessment;
import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.TestPolicy;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.plan.UpdatePolicy;
import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.PublishedVersion;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A pool with the container pack gets a version that does not have it. */
class AcknowledgementJobTests {
    private static final UpdateUuid UPDATE = UpdateUuid.of("5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21");
    private static final UpdateChoice CHOICE = new UpdateChoice.Image(UPDATE);
    private static final String PACK = "CONTAINER_PACK_INSTALLED";
    private static final PublishedUpdates FEED = new PublishedUpdates(
            List.of(), List.of(new PublishedVersion("8.2.0", "8.2.0", "", UPDATE, List.of(), null)));

    @Test
    void aJobWithoutTheWordIsRejectedAndSaysHowToGiveIt() {
        try (VirtualRun run = run()) {
            PoolUpdate ended = run.job(CHOICE, Set.of(), UpdatePolicy.defaults());

            Failure failure = Objects.requireNonNull(ended.failure());
            assertThat(ended.state()).isEqualTo(PoolUpdateState.REJECTED);
            assertThat(failure.code()).isEqualTo(PACK);
            assertThat(failure.detail())
                    .contains("Pool lab has the supplemental pack for containers")
                    .contains("acknowledge: [\"" + PACK + "\"]");
            assertThat(run.journal(JournalAction.APPLY)).isEmpty();
        }
    }

    @Test
    void aJobWithTheWordUpdatesEveryHost() {
        try (VirtualRun run = run()) {
            PoolUpdate ended = run.job(CHOICE, Set.of(), TestPolicy.acknowledging(PACK));

            assertThat(ended.state()).as("%s", ended).isEqualTo(PoolUpdateState.SUCCEEDED);
            assertThat(run.journal(JournalAction.APPLY)).hasSize(2);
        }
    }

    @Test
    void anAssessmentSaysTheSame() {
        try (VirtualRun run = run()) {
            PoolReport without = assessed(run, UpdatePolicy.defaults());
            PoolReport with = assessed(run, TestPolicy.acknowledging(PACK));

            assertThat(without.outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(with.outcome()).isEqualTo(Outcome.ACTION_REQUIRED);
            assertThat(with.prechecks())
                    .filteredOn(row -> row.code().equals(PACK))
                    .singleElement()
                    .satisfies(row -> assertThat(row.parameters()).containsEntry("acknowledged", true));
        }
    }

    private static PoolReport assessed(VirtualRun run, UpdatePolicy policy) {
        return TestAssessment.of(
                run.xapi(),
                CHOICE,
                Set.of(),
                new LatestImages(run.feed(), Optional.empty()),
                policy,
                run.pool(),
                run.pool()::advanceTo);
    }

    private static VirtualRun run() {
        return VirtualRun.of(Scenario.of(Scenario.pool("lab")
                        .hosts(2)
                        .update("xscontainer", pack -> pack.appliedOn(0, 1))
                        .update(
                                "CHOSEN",
                                update -> update.uuid(UPDATE.toString())
                                        .guidance("restartHost")
                                        .precheck("ok"))))
                .reading(FEED);
    }
}
