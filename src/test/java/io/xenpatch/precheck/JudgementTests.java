package io.xenpatch.precheck;

import static io.xenpatch.precheck.TestPool.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.LivePatchStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTests {

    private static final Answer<LivePatchStatus> NO_SPACE =
            Answer.failed("UPDATE_PRECHECK_FAILED_OUT_OF_SPACE", List.of("XS82E001", "1", "2"));

    @Test
    void aBlockedHostBlocksThePoolUnlessItMayBeLeftOut() {
        Judgement rejected = Judging.of(TestPool.of(3)).precheck(1, NO_SPACE).judgement();
        Judgement skipped =
                Judging.of(TestPool.of(3)).precheck(1, NO_SPACE).skipHost().judgement();

        assertThat(rejected.blocked()).isTrue();
        assertThat(rejected.leftOut()).isEmpty();
        assertThat(skipped.blocked()).isFalse();
        assertThat(skipped.leftOut()).containsExactly(host(1));
        assertThat(skipped.plan().hosts()).extracting(HostPlan::hostUuid).containsExactly(host(0), host(2));
        assertThat(skipped.rows()).extracting(PrecheckRow::code).contains("HOST_OUT_OF_SPACE", "HOST_LEFT_OUT");
    }

    @Test
    void neverLeavesOutACoordinatorThatLacksTheUpdate() {
        Judgement judgement =
                Judging.of(TestPool.of(3)).precheck(0, NO_SPACE).skipHost().judgement();

        assertThat(judgement.blocked()).isTrue();
        assertThat(judgement.leftOut()).isEmpty();
    }

    @Test
    void aDeadHostThatIsLeftOutStillStopsEvacuations() {
        TestPool pool = TestPool.of(3).change(2, TestPool.live(false));

        assertThat(Judging.of(pool).skipHost().judgement().blocked()).isFalse();
        assertThat(Judging.of(pool)
                        .livePatch(LivePatchStatus.NONE)
                        .skipHost()
                        .judgement()
                        .blocked())
                .isTrue();
    }

    @Test
    void leavingOutTheOnlyHostThatRestartsLetsHighAvailabilityStayOn() {
        Judging judging = Judging.of(
                        TestPool.of(2).highAvailability().appliedOn(0).vm(1, 1))
                .livePatch(LivePatchStatus.NONE)
                .blocker(1, 1, "VM_HAS_PCI_ATTACHED", "OpaqueRef:1")
                .skipHost();

        assertThat(judging.judgement().blocked()).isFalse();
    }

    @Test
    void leavingOutEveryTargetBlocks() {
        Judgement judgement = Judging.of(TestPool.of(2).appliedOn(0))
                .targets(1)
                .precheck(1, NO_SPACE)
                .skipHost()
                .judgement();

        assertThat(judgement.blocked()).isTrue();
    }
}
