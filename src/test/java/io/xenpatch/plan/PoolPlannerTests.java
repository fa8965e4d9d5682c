package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.xenpatch.precheck.TestPool;
import io.xenpatch.xen.Answer;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.HaSettings;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.ServerAnswers;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.UpdateUuid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoolPlannerTests {

    private static final UpdateUuid EARLIER = new UpdateUuid(new UUID(0, 501));

    @Test
    void worksOnTheCoordinatorFirstAndOnOneHostAWave() {
        PoolPlan plan = plan(TestPool.of(3).snapshot(), LivePatchStatus.NONE);

        assertThat(plan.hosts())
                .extracting(HostPlan::hostUuid)
                .containsExactly(TestPool.host(0), TestPool.host(1), TestPool.host(2));
        assertThat(plan.waves())
                .containsExactly(List.of(TestPool.host(0)), List.of(TestPool.host(1)), List.of(TestPool.host(2)));
    }

    @Test
    void putsTheCoordinatorFirstWhateverTheOrderOfTheHosts() {
        PoolSnapshot pool = TestPool.of(3).snapshot();
        PoolSnapshot led = new PoolSnapshot(
                pool.uuid(),
                pool.name(),
                pool.channel(),
                TestPool.host(2),
                true,
                HaSettings.OFF,
                false,
                Map.of(),
                Map.of(),
                pool.hosts(),
                pool.vms(),
                pool.srs(),
                pool.updates(),
                pool.repositories(),
                pool.cluster(),
                pool.vswitchController());

        assertThat(plan(led, LivePatchStatus.NONE).waves().get(0)).containsExactly(TestPool.host(2));
    }

    @Test
    void neitherDisablesNorEvacuatesALivePatchedHost() {
        PoolPlan plan = plan(TestPool.of(2).vm(0, 1).snapshot(), LivePatchStatus.COMPLETE);

        assertThat(plan.hosts()).allSatisfy(host -> {
            assertThat(host.steps()).containsExactly(StepType.APPLY_UPDATE, StepType.VERIFY);
            assertThat(host.goesAway()).isFalse();
            assertThat(host.evacuates()).isFalse();
        });
        assertThat(plan.noActionRequired()).isTrue();
        assertThat(plan.isUpToDate()).isFalse();
    }

    @Test
    void hasNothingToDoWhereTheUpdateIsApplied() {
        PoolPlan plan = plan(TestPool.of(2).appliedOn(0, 1).snapshot(), LivePatchStatus.NONE);

        assertThat(plan.isUpToDate()).isTrue();
        assertThat(plan.waves()).isEmpty();
        assertThat(plan.hosts()).noneMatch(HostPlan::applies);
    }

    @Test
    void rebootsAHostThatOwesOnlyThat() {
        PoolPlan plan = plan(
                TestPool.of(2)
                        .appliedOn(0, 1)
                        .change(1, TestPool.rebootOwedTo(EARLIER))
                        .snapshot(),
                LivePatchStatus.NONE);

        HostPlan owing = plan.host(TestPool.host(1)).orElseThrow();
        assertThat(owing.applies()).isFalse();
        assertThat(owing.steps()).contains(StepType.EVACUATE, StepType.REBOOT).doesNotContain(StepType.APPLY_UPDATE);
        assertThat(owing.decision().reasons()).extracting(Reason::detail).containsExactly(EARLIER.toString());
        assertThat(plan.waves()).containsExactly(List.of(TestPool.host(1)));
    }

    @Test
    void endsDisabledWhatAPersonHadInMaintenance() {
        PoolPlan plan = plan(
                TestPool.of(3)
                        .change(1, TestPool.enabled(false))
                        .change(2, TestPool.hostConfig(Map.of("MAINTENANCE_MODE", "true")))
                        .snapshot(),
                LivePatchStatus.NONE);

        assertThat(plan.hosts()).extracting(HostPlan::endsDisabled).containsExactly(false, true, true);
        assertThat(plan.hosts().subList(1, 3))
                .allSatisfy(host -> assertThat(host.steps())
                        .endsWith(StepType.DISABLE_HOST)
                        .doesNotContain(StepType.ENABLE_HOST, StepType.RESTORE_VMS));
    }

    @Test
    void rebootsWhereTheServerDidNotAnswer() {
        PoolPlan plan = PoolPlanner.plan(
                TestPool.of(1).snapshot(),
                new UpdateChoice.Image(TestPool.UPDATE),
                Set.of(),
                ServerAnswers.none(),
                LatestImages.OF_THE_POOL,
                UpdatePolicy.defaults());

        HostDecision decision = plan.hosts().get(0).decision();
        assertThat(decision.needs(UpdateTask.REBOOT_HOST)).isTrue();
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(ReasonCode.LIVE_PATCH_STATUS_UNKNOWN);
    }

    @Test
    void plansOnlyTheTargets() {
        PoolSnapshot pool = TestPool.of(3).snapshot();

        PoolPlan plan = PoolPlanner.plan(
                pool,
                new UpdateChoice.Image(TestPool.UPDATE),
                Set.of(TestPool.host(1)),
                answers(pool, LivePatchStatus.NONE),
                LatestImages.OF_THE_POOL,
                UpdatePolicy.defaults());

        assertThat(plan.hosts()).extracting(HostPlan::hostUuid).containsExactly(TestPool.host(1));
    }

    @Test
    void countsTheGuestsOfTheHostItselfOnly() {
        PoolPlan plan = plan(
                TestPool.of(2).guidance(Guidance.RESTART_HVM).vm(0, 0).vm(1, 1).snapshot(), LivePatchStatus.NONE);

        assertThat(plan.hosts().get(1).decision().vmsToRestart())
                .extracting(VmToRestart::vmUuid)
                .containsExactly(TestPool.vm(1));
    }

    @Test
    void refusesAnUpdateThatThePoolDoesNotKnow() {
        PoolSnapshot pool = TestPool.of(1).snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoolPlanner.plan(
                        pool,
                        new UpdateChoice.Image(EARLIER),
                        Set.of(),
                        ServerAnswers.none(),
                        LatestImages.OF_THE_POOL,
                        UpdatePolicy.defaults()));
    }

    @Test
    void restartsTheToolstackThatAnEarlierUpdateStillWaitsFor() {
        PoolPlan plan = plan(
                TestPool.of(2)
                        .appliedOn(0, 1)
                        .earlier(EARLIER, Guidance.RESTART_TOOLSTACK)
                        .change(1, TestPool.applied(EARLIER, TestPool.NOW.plusSeconds(1)))
                        .snapshot(),
                LivePatchStatus.NONE);

        HostPlan owing = plan.host(TestPool.host(1)).orElseThrow();
        assertThat(owing.decision().tasks()).containsExactly(UpdateTask.RESTART_TOOLSTACK);
        assertThat(owing.decision().reasons())
                .containsExactly(new Reason(ReasonCode.PENDING_GUIDANCE, Reason.Source.PENDING, EARLIER.toString()));
        assertThat(owing.steps())
                .containsExactly(
                        StepType.VERIFY, StepType.RESTART_TOOLSTACK, StepType.AWAIT_HOST_LIVE, StepType.ENABLE_HOST);
        assertThat(plan.waves()).containsExactly(List.of(TestPool.host(1)));
    }

    private static PoolPlan plan(PoolSnapshot pool, LivePatchStatus status) {
        return PoolPlanner.plan(
                pool,
                new UpdateChoice.Image(TestPool.UPDATE),
                Set.of(),
                answers(pool, status),
                LatestImages.OF_THE_POOL,
                UpdatePolicy.defaults());
    }

    private static ServerAnswers answers(PoolSnapshot pool, LivePatchStatus status) {
        Map<HostUuid, Map<UpdateUuid, Answer<LivePatchStatus>>> answers = new HashMap<>();
        pool.hosts().forEach(host -> answers.put(host.uuid(), Map.of(TestPool.UPDATE, Answer.of(status))));
        return ServerAnswers.builder().prechecks(answers).build();
    }
}
