package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.DecisionInputs.Policy;
import io.xenpatch.plan.DecisionInputs.PoolLivePatching;
import io.xenpatch.plan.Reason.Source;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTests {

    private static final HostUuid HOST = HostUuid.of("00000000-0000-0000-0000-000000000001");
    private static final List<Guest> GUESTS = List.of(
            new Guest(VmUuid.of("00000000-0000-0000-0000-000000000011"), GuestKind.PV),
            new Guest(VmUuid.of("00000000-0000-0000-0000-000000000012"), GuestKind.HVM));
    private static final PoolLivePatching ALLOWED = new PoolLivePatching(true, true);
    private static final Policy PREFER =
            new Policy(LivePatching.PREFER, Set.of(GuidanceLevel.MANDATORY, GuidanceLevel.RECOMMENDED));

    @ParameterizedTest(name = "{0}: precheck {1}, disabled {2}, licence restricts {3} -> {4} because {5}")
    @CsvFileSource(resources = "/tables/a-live-patch-or-reboot.csv", numLinesToSkip = 1)
    void decidesTableA(
            String id,
            @Nullable String precheck,
            String disabled,
            String restricted,
            @Nullable String tasks,
            ReasonCode reason) {
        PoolLivePatching pool = new PoolLivePatching(disabled.equals("no"), restricted.equals("no"));
        LivePatchStatus status = precheck == null ? LivePatchStatus.UNKNOWN : LivePatchStatus.fromPrecheck(precheck);

        HostDecision decision = decide(Set.of(Guidance.REBOOT_HOST), status, pool, List.of(), PREFER);

        assertThat(decision.tasks()).isEqualTo(tasks(tasks));
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(reason);
        assertThat(decision.livePatchEffective()).isEqualTo(reason == ReasonCode.LIVE_PATCH_COMPLETE);
    }

    @ParameterizedTest(name = "{0}: {1}, live patch complete {2} -> {3}, VMs {4}")
    @CsvFileSource(resources = "/tables/b-guidance-to-tasks.csv", numLinesToSkip = 1)
    void decidesTableB(
            String id, @Nullable String guidance, String complete, @Nullable String tasks, @Nullable String vmKinds) {
        LivePatchStatus status = complete.equals("yes") ? LivePatchStatus.COMPLETE : LivePatchStatus.NONE;
        Set<Guidance> asked = words(guidance).stream().map(Guidance::parse).collect(Collectors.toSet());

        HostDecision decision = decide(asked, status, ALLOWED, List.of(), PREFER);

        assertThat(decision.tasks()).isEqualTo(tasks(tasks));
        assertThat(decision.vmsToRestart())
                .extracting(vm -> vm.kind().name())
                .containsExactlyInAnyOrderElementsOf(words(vmKinds));
    }

    @ParameterizedTest
    @EnumSource(LivePatchStatus.class)
    void neverRebootsForAFlagWithoutRestartHost(LivePatchStatus status) {
        for (boolean enabled : List.of(true, false)) {
            for (boolean licensed : List.of(true, false)) {
                PoolLivePatching pool = new PoolLivePatching(enabled, licensed);
                assertThat(decide(Set.of(), status, pool, List.of(), PREFER).noActionRequired())
                        .isTrue();
            }
        }
    }

    @Test
    void rebootsAsWellWhenThePolicyRefusesLivePatches() {
        Policy never = new Policy(LivePatching.NEVER, Set.of());

        HostDecision decision =
                decide(Set.of(Guidance.REBOOT_HOST), LivePatchStatus.COMPLETE, ALLOWED, List.of(), never);

        assertThat(decision.needs(UpdateTask.REBOOT_HOST)).isTrue();
        assertThat(decision.reasons())
                .extracting(Reason::code)
                .containsExactly(ReasonCode.LIVE_PATCHING_REFUSED_BY_POLICY);
    }

    @Test
    void rebootsForAnUnknownWordEvenWithACompleteLivePatch() {
        HostDecision decision = decide(
                Set.of(Guidance.REBOOT_HOST, Guidance.parse("restartUniverse")),
                LivePatchStatus.COMPLETE,
                ALLOWED,
                List.of(),
                PREFER);

        assertThat(decision.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(decision.reasons()).extracting(Reason::code).contains(ReasonCode.UNKNOWN_GUIDANCE);
    }

    @Test
    void plansTheRebootThatAnEarlierUpdateLeftAndSaysWhy() {
        PendingGuidance owed = new PendingGuidance(Guidance.REBOOT_HOST, GuidanceLevel.MANDATORY, "update 1");

        HostDecision decision =
                decide(Set.of(Guidance.REBOOT_HOST), LivePatchStatus.COMPLETE, ALLOWED, List.of(owed), PREFER);

        assertThat(decision.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(decision.reasons()).contains(new Reason(ReasonCode.PENDING_GUIDANCE, Source.PENDING, "update 1"));
    }

    @Test
    void leavesAPendingTaskOfALevelThatIsNotCarriedOut() {
        PendingGuidance optional = new PendingGuidance(Guidance.REBOOT_HOST, GuidanceLevel.FULL, "full");

        assertThat(decide(Set.of(), LivePatchStatus.NONE, ALLOWED, List.of(optional), PREFER)
                        .noActionRequired())
                .isTrue();
    }

    @Test
    void carriesOutMandatoryTasksWhateverLevelsAreNamed() {
        PendingGuidance owed = new PendingGuidance(Guidance.RESTART_TOOLSTACK, GuidanceLevel.MANDATORY, "mandatory");
        Policy nothingNamed = new Policy(LivePatching.PREFER, Set.of());

        assertThat(decide(Set.of(), LivePatchStatus.NONE, ALLOWED, List.of(owed), nothingNamed)
                        .tasks())
                .containsExactly(UpdateTask.RESTART_TOOLSTACK);
    }

    @Test
    void addsTheRebootWhenTheLivePatchFailedInReality() {
        HostDecision planned =
                decide(Set.of(Guidance.REBOOT_HOST), LivePatchStatus.COMPLETE, ALLOWED, List.of(), PREFER);

        HostDecision observed = Decider.decideAfterApply(planned, new AppliedObservation(true, false));

        assertThat(planned.noActionRequired()).isTrue();
        assertThat(observed.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(observed.livePatchEffective()).isFalse();
        assertThat(observed.reasons().get(0).code()).isEqualTo(ReasonCode.LIVE_PATCH_FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, false, false, true",
        "COMPLETE, true, true, true",
        "COMPLETE, true, false, false",
        "NONE, false, false, false"
    })
    void callsALivePatchEffectiveThatWasForetoldAndDidNotFail(
            LivePatchStatus status, boolean waits, boolean rebooted, boolean effective) {
        HostDecision planned = decide(Set.of(Guidance.REBOOT_HOST), status, ALLOWED, List.of(), PREFER);

        assertThat(Decider.decideAfterApply(planned, new AppliedObservation(waits, rebooted))
                        .livePatchEffective())
                .isEqualTo(effective);
    }

    @Test
    void keepsThePlannedRebootWhenTheServerSeesNoNeedForIt() {
        PoolLivePatching disabled = new PoolLivePatching(false, true);
        HostDecision planned =
                decide(Set.of(Guidance.REBOOT_HOST), LivePatchStatus.COMPLETE, disabled, List.of(), PREFER);

        HostDecision observed = Decider.decideAfterApply(planned, new AppliedObservation(false, false));

        assertThat(observed.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(observed.reasons()).isEqualTo(planned.reasons());
    }

    @Test
    void removesThePlannedRebootOnlyForALaterBootAndKeepsVmRestarts() {
        HostDecision planned = decide(
                Set.of(Guidance.REBOOT_HOST, Guidance.RESTART_PV), LivePatchStatus.NONE, ALLOWED, List.of(), PREFER);

        HostDecision observed = Decider.decideAfterApply(planned, new AppliedObservation(false, true));

        assertThat(observed.tasks()).containsExactly(UpdateTask.RESTART_VM);
    }

    @Test
    void doesNotCallItAFailedLivePatchWhenNoneWasPromised() {
        HostDecision planned = decide(Set.of(), LivePatchStatus.NONE, ALLOWED, List.of(), PREFER);

        HostDecision observed = Decider.decideAfterApply(planned, new AppliedObservation(true, false));

        assertThat(observed.reasons().get(0).source()).isEqualTo(Source.UPDATE);
        assertThat(observed.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
    }

    @Test
    void namesTheVmsOfEveryUpdateOfASequenceOnce() {
        HostDecision pv = decide(Set.of(Guidance.RESTART_PV), LivePatchStatus.NONE, ALLOWED, List.of(), PREFER);
        HostDecision hvm = decide(Set.of(Guidance.RESTART_HVM), LivePatchStatus.NONE, ALLOWED, List.of(), PREFER);
        List<VmToRestart> both = new ArrayList<>(pv.vmsToRestart());
        both.addAll(hvm.vmsToRestart());

        assertThat(both).isNotEmpty();
        assertThat(Decider.together(List.of(pv, hvm, pv)).vmsToRestart()).isEqualTo(both);
    }

    private static HostDecision decide(
            Set<Guidance> guidance,
            LivePatchStatus status,
            PoolLivePatching pool,
            List<PendingGuidance> pending,
            Policy policy) {
        return Decider.decide(new DecisionInputs(HOST, guidance, status, pool, pending, GUESTS, policy));
    }

    private static Set<UpdateTask> tasks(@Nullable String text) {
        return words(text).stream().map(UpdateTask::valueOf).collect(Collectors.toSet());
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }
}
