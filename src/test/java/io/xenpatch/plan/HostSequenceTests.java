package io.xenpatch.plan;

import static io.xenpatch.plan.TestFeed.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.UpdateTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the updates of a host leave to do while they are applied one after the other (R5, R8, R11). */
class HostSequenceTests {
    private static final AppliedObservation WELL = new AppliedObservation(false, false);
    private static final AppliedObservation LIVE_PATCH_FAILED = new AppliedObservation(true, false);
    private static final AppliedObservation BOOTED = new AppliedObservation(false, true);

    private static HostSequence.Part part(
            String name,
            LivePatchStatus livePatch,
            boolean mandatory,
            @Nullable AppliedObservation seen,
            Guidance... words) {
        DecisionInputs inputs = new DecisionInputs(
                TestPool.host(0),
                Set.of(words),
                livePatch,
                new DecisionInputs.PoolLivePatching(true, true),
                List.of(),
                List.of(),
                UpdatePolicy.defaults().deciding());
        return new HostSequence.Part(uuid(name), name, inputs, false, mandatory, seen);
    }

    private static HostSequence of(HostSequence.Part... parts) {
        return new HostSequence(List.of(parts));
    }

    private static HostSequence.Part failed(boolean mandatory, Guidance... also) {
        List<Guidance> words = new ArrayList<>(List.of(also));
        words.add(Guidance.REBOOT_HOST);
        return part("failed", LivePatchStatus.COMPLETE, mandatory, LIVE_PATCH_FAILED, words.toArray(Guidance[]::new));
    }

    @Test
    void hasAtLeastOneUpdate() {
        assertThatIllegalArgumentException().isThrownBy(HostSequenceTests::of);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> of(part("A", LivePatchStatus.NONE, false, null)).part(uuid("B")));
    }

    @Test
    void leavesARebootThatWasMadeInBetweenOutOfTheEnd() {
        HostSequence sequence = of(
                part("A", LivePatchStatus.NONE, true, WELL, Guidance.REBOOT_HOST),
                part("B", LivePatchStatus.NONE, false, WELL, Guidance.RESTART_TOOLSTACK));

        assertThat(sequence.rightAfter(uuid("A"), UpdatePolicy.defaults())).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(sequence.atTheEnd(UpdatePolicy.defaults()).tasks()).containsExactly(UpdateTask.RESTART_TOOLSTACK);
    }

    /** The reboot that A wanted was made; B's failed live patch is another, and only the policy speaks for it. */
    @Test
    void judgesALivePatchThatFailedAfterARebootInBetweenByThePolicyAlone() {
        HostSequence sequence = of(part("A", LivePatchStatus.NONE, true, BOOTED, Guidance.REBOOT_HOST), failed(false));

        HostDecision end = sequence.atTheEnd(TestPolicy.of(OnLivePatchFailure.WARN));

        assertThat(end.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(HostSteps.onlyForFailedLivePatch(end)).isTrue();
        assertThat(HostSteps.carriesOutReboot(end, TestPolicy.of(OnLivePatchFailure.WARN)))
                .isFalse();
        assertThat(HostSteps.carriesOutReboot(end, TestPolicy.of(OnLivePatchFailure.REBOOT)))
                .isTrue();
    }

    @Test
    void rebootsForAnotherUpdateAlthoughAFailedLivePatchAloneWouldNot() {
        HostSequence sequence = of(failed(false), part("B", LivePatchStatus.NONE, false, WELL, Guidance.REBOOT_HOST));

        HostDecision end = sequence.atTheEnd(TestPolicy.of(OnLivePatchFailure.WARN));

        assertThat(HostSteps.carriesOutReboot(end, TestPolicy.of(OnLivePatchFailure.WARN)))
                .isTrue();
        assertThat(sequence.decision().reasons())
                .extracting(Reason::code)
                .doesNotContain(ReasonCode.LIVE_PATCH_FAILED)
                .contains(ReasonCode.NO_LIVE_PATCH);
    }

    @Test
    void restartsTheToolstackInBetweenWhereTheFailedLivePatchsRebootIsDeclined() {
        HostSequence sequence =
                of(failed(true, Guidance.RESTART_TOOLSTACK), part("B", LivePatchStatus.NONE, false, null));

        assertThat(sequence.rightAfter(uuid("failed"), TestPolicy.of(OnLivePatchFailure.WARN)))
                .containsExactly(UpdateTask.RESTART_TOOLSTACK);
        assertThat(sequence.rightAfter(uuid("failed"), TestPolicy.of(OnLivePatchFailure.REBOOT)))
                .containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(sequence.atTheEnd(TestPolicy.of(OnLivePatchFailure.WARN)).tasks())
                .containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(sequence.atTheEnd(TestPolicy.of(OnLivePatchFailure.REBOOT)).tasks())
                .isEmpty();
    }

    @Test
    void restartsTheToolstackAtTheEndForAnyOfTheUpdatesWhereTheRebootIsDeclined() {
        HostSequence sequence =
                of(failed(false), part("B", LivePatchStatus.NONE, false, WELL, Guidance.RESTART_TOOLSTACK));

        List<StepType> steps =
                SequenceSteps.finished(sequence, false, false, TestPolicy.of(OnLivePatchFailure.WARN)).stream()
                        .map(PlannedStep::type)
                        .toList();

        assertThat(steps).contains(StepType.RESTART_TOOLSTACK).doesNotContain(StepType.REBOOT);
    }

    @Test
    void emptiesAHostThatWasNotEmptyBeforeItRebootsInBetween() {
        HostSequence sequence = of(failed(true), part("B", LivePatchStatus.NONE, false, null));

        List<StepType> steps = SequenceSteps.afterVerified(
                        sequence, uuid("failed"), false, false, TestPolicy.of(OnLivePatchFailure.REBOOT))
                .stream()
                .map(PlannedStep::type)
                .toList();

        assertThat(steps)
                .containsExactly(
                        StepType.ASSERT_EVACUABLE,
                        StepType.DISABLE_HOST,
                        StepType.EVACUATE,
                        StepType.REBOOT,
                        StepType.AWAIT_HOST_LIVE,
                        StepType.AWAIT_STORAGE,
                        StepType.DISABLE_HOST,
                        StepType.EVACUATE,
                        StepType.APPLY_UPDATE,
                        StepType.VERIFY);
    }

    @Test
    void decidesAPredictedUpdateAgainFromWhatTheServerSays() {
        PoolSnapshot pool = TestPool.of(1).guidance(Guidance.REBOOT_HOST).snapshot();
        HostSequence.Part predicted = new HostSequence.Part(
                TestPool.UPDATE,
                "XS82E001",
                part("any", LivePatchStatus.NONE, true, null, Guidance.REBOOT_HOST)
                        .inputs(),
                true,
                true,
                null);
        HostSequence sequence = of(part("A", LivePatchStatus.NONE, false, WELL), predicted);

        HostSequence again = sequence.decidedAgain(
                pool, pool.hosts().get(0), TestPool.UPDATE, LivePatchStatus.COMPLETE, UpdatePolicy.defaults());

        HostSequence.Part now = again.part(TestPool.UPDATE);
        assertThat(now.predicted()).isFalse();
        assertThat(now.mandatory()).isTrue();
        assertThat(now.planned().noActionRequired()).isTrue();
        assertThat(now.planned().livePatchEffective()).isTrue();
        assertThat(again.next(uuid("A"))).contains(TestPool.UPDATE);
        assertThat(again.next(TestPool.UPDATE)).isEmpty();
        assertThat(again.until(uuid("A")).updates()).hasSize(1);
        assertThat(again.isObserved()).isTrue();
        assertThat(of(predicted).isObserved()).isFalse();
    }
}
