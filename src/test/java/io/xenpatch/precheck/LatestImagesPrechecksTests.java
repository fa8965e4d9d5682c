package io.xenpatch.precheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.LatestImages;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdateChoice;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PublishedUpdates;
import io.xenpatch.xen.UpdateUuid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said of a pool that is to be brought to the latest update images (R11, R13). */
class LatestImagesPrechecksTests {
    private static final UpdateUuid LATER = new UpdateUuid(new UUID(0, 700));

    /** Two images; the servers say that the test pool's update must come before the later one. */
    private static Judging judging(TestPool pool) {
        Judging judging = Judging.of(pool.earlier(LATER, Guidance.REBOOT_HOST)).latest(LatestImages.OF_THE_POOL);
        for (int host = 0; host < 2; host++) {
            judging.precheck(
                    host,
                    LATER,
                    Answer.failed("UPDATE_PRECHECK_FAILED_PREREQUISITE_MISSING", List.of("later", "XS82E001")));
        }
        return judging;
    }

    @Test
    void aPrerequisiteInsideTheSequenceIsNoProblem() {
        Judgement judgement = judging(TestPool.of(2)).judgement();

        assertThat(judgement.blocked()).as("%s", judgement.rows()).isFalse();
        assertThat(judgement.plan().hosts()).allSatisfy(host -> {
            assertThat(Objects.requireNonNull(host.sequence()).updates())
                    .extracting(part -> part.update())
                    .containsExactly(TestPool.UPDATE, LATER);
            assertThat(host.steps().stream().filter(step -> step == StepType.APPLY_UPDATE))
                    .hasSize(2);
        });
    }

    @Test
    void aLaterUpdateThatTheServerRefusesForAnotherReasonBlocks() {
        Judging judging = judging(TestPool.of(2))
                .precheck(1, LATER, Answer.failed("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("later", "1", "2")));

        assertThat(judging.judgement().rows().stream()
                        .filter(PrecheckRow::isBlocking)
                        .toList())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.hostUuid()).isEqualTo(TestPool.host(1).value());
                    assertThat(row.parameters())
                            .containsEntry(
                                    "xapiError", List.of("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", "later", "1", "2"));
                });
    }

    @Test
    void aFirstUpdateThatTheServerRefusesBlocks() {
        Judging judging = judging(TestPool.of(2))
                .precheck(0, Answer.failed("UPDATE_PRECHECK_FAILED_CONFLICT_PRESENT", List.of("XS82E001", "other")));

        assertThat(judging.judgement().blocked()).isTrue();
    }

    @Test
    void aCoordinatorThatLacksAnyOfThemMustBeATarget() {
        assertThat(judging(TestPool.of(2)).targets(1).blocking()).contains("COORDINATOR_NOT_INCLUDED");
    }

    @Test
    void aPoolThatLacksNothingIsUpToDate() {
        assertThat(Judging.of(TestPool.of(2).appliedOn(0, 1))
                        .latest(LatestImages.OF_THE_POOL)
                        .rows("UP_TO_DATE"))
                .hasSize(1);
    }

    @Test
    void aFeedThatDoesNotKnowTheVersionBlocks() {
        LatestImages latest =
                new LatestImages(Optional.of(new PublishedUpdates(List.of(), List.of())), Optional.empty());

        assertThat(Judging.of(TestPool.of(2)).latest(latest).rows())
                .extracting(PrecheckRow::code)
                .contains("LATEST_NOT_KNOWN")
                .doesNotContain("UP_TO_DATE", "UPDATE_ALREADY_APPLIED");
        assertThat(Judging.of(TestPool.of(2)).latest(latest).blocking()).containsExactly("LATEST_NOT_KNOWN");
    }

    @Test
    void aHashCannotBeAskedFor() {
        assertThat(Judging.of(TestPool.of(2))
                        .choosing(new UpdateChoice.AtHash("0f3a"))
                        .livePatch(LivePatchStatus.NONE)
                        .blocking())
                .containsExactly("UPDATE_CHOICE_NOT_SUPPORTED");
    }
}
