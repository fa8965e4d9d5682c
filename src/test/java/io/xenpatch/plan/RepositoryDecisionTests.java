package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.DecisionInputs.Policy;
import io.xenpatch.plan.DecisionInputs.PoolLivePatching;
import io.xenpatch.plan.RepositoryObservation.GuestLeft;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xen.AvailableUpdate;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUpdates;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatch;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.PendingGuidances;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Table C of xencenter.md §6.5 and the table of xapi.md §7.11, with the expected values of R7. */
class RepositoryDecisionTests {
    private static final HostUuid HOST = HostUuid.of("00000000-0000-0000-0000-000000000001");
    private static final Guest GUEST = new Guest(VmUuid.of("00000000-0000-0000-0000-000000000011"), GuestKind.HVM);
    private static final LivePatch LIVE_PATCH = new LivePatch("xen", "b0", "4.17-1", "4.17-2");
    private static final PoolLivePatching ALLOWED = new PoolLivePatching(true, true);
    private static final Set<GuidanceLevel> USUAL = UpdatePolicy.defaults().guidanceLevels();

    @ParameterizedTest(name = "{0}: {1}, live patches {2} -> {3}")
    @CsvFileSource(resources = "/tables/c-repository.csv", numLinesToSkip = 1, delimiter = ';')
    void decidesTableC(
            String id,
            @Nullable String recommended,
            String livePatches,
            @Nullable String tasks,
            String steps,
            @Nullable String differs) {
        var updates = updates(guidance(recommended), livePatches.equals("yes"));

        HostDecision decision = decide(updates, List.of(), PoolSwitch.ON, LivePatching.PREFER);

        assertThat(decision.tasks()).isEqualTo(tasks(tasks));
        assertThat(HostSteps.foreseen(decision, true, false, UpdatePolicy.defaults()))
                .extracting(HostStepsTests::word)
                .isEqualTo(words(steps));
    }

    /** What the server keeps after the apply is what it foretold, so the second decision goes on where the first one was. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tables/c-repository.csv", numLinesToSkip = 1, delimiter = ';')
    void goesOnAsForeseenWhenTheHostReportsWhatWasForetold(
            String id,
            @Nullable String recommended,
            String livePatches,
            @Nullable String tasks,
            String steps,
            @Nullable String differs) {
        var policy = UpdatePolicy.defaults();
        var planned = decide(
                updates(guidance(recommended), livePatches.equals("yes")),
                List.of(),
                PoolSwitch.ON,
                LivePatching.PREFER);
        var kept = new HashSet<>(guidance(recommended));
        kept.removeAll(Set.of(Guidance.EVACUATE_HOST, Guidance.RESTART_DEVICE_MODEL));
        var guests = guidance(recommended).contains(Guidance.RESTART_DEVICE_MODEL)
                ? List.of(new GuestLeft(GUEST, lists("R:restart_device_model")))
                : List.<GuestLeft>of();

        var observed = Decider.decideAfterApply(
                planned,
                new RepositoryObservation(
                        new PendingGuidances(Map.of(GuidanceLevel.RECOMMENDED, kept)), guests, false, false));

        var laid = new ArrayList<>(HostSteps.untilVerified(planned, true, policy));
        laid.addAll(HostSteps.afterVerified(observed, laid.contains(StepType.EVACUATE), false, policy));
        assertThat(laid).extracting(HostStepsTests::word).isEqualTo(words(steps));
    }

    @ParameterizedTest(name = "{0}: {3} after {2} -> {7} because {8}")
    @CsvFileSource(resources = "/tables/repository-after-apply.csv", numLinesToSkip = 1, delimiter = ';')
    void decidesAgainFromWhatIsPendingThen(
            String id,
            @Nullable String levels,
            @Nullable String before,
            @Nullable String pending,
            @Nullable String guests,
            String failed,
            String rebooted,
            @Nullable String tasks,
            @Nullable String reasons) {
        var policy = new Policy(
                LivePatching.PREFER,
                words(levels).stream().map(GuidanceLevel::valueOf).collect(Collectors.toSet()));
        var planned = Decider.decide(DecisionInputs.ofRepository(
                HOST,
                new RepositoryGuidance(Map.of(), false, true),
                LivePatchStatus.COMPLETE,
                ALLOWED,
                RepositoryDecision.left(lists(before)),
                List.of(GUEST),
                policy));

        var observed = Decider.decideAfterApply(
                planned,
                new RepositoryObservation(
                        lists(pending),
                        guests == null ? List.of() : List.of(new GuestLeft(GUEST, lists(guests))),
                        failed.equals("yes"),
                        rebooted.equals("yes")));

        assertThat(observed.tasks()).isEqualTo(tasks(tasks));
        assertThat(observed.reasons())
                .extracting(reason -> reason.code().name())
                .isEqualTo(words(reasons));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "ON, LIVE_PATCH_COMPLETE",
        "OFF, LIVE_PATCHING_DISABLED",
        "NOT_LICENSED, LIVE_PATCHING_NOT_LICENSED",
        "OFF_AND_NOT_LICENSED, LIVE_PATCHING_NOT_LICENSED"
    })
    void rebootsAsWellWhereLivePatchesAreNotReliedOn(PoolSwitch pool, ReasonCode reason) {
        var decision = decide(livePatchedReboot(), List.of(), pool, LivePatching.PREFER);

        assertThat(decision.needs(UpdateTask.REBOOT_HOST)).isEqualTo(pool != PoolSwitch.ON);
        assertThat(decision.livePatchEffective()).isEqualTo(pool == PoolSwitch.ON);
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(reason);
    }

    /** R5: the server does not ask for that reboot, so nothing that it reports can be a reason to leave it out. */
    @Test
    void keepsTheRebootThatTheServerDoesNotAskFor() {
        var planned = decide(livePatchedReboot(), List.of(), PoolSwitch.ON, LivePatching.NEVER);

        var observed = Decider.decideAfterApply(
                planned, new RepositoryObservation(PendingGuidances.UNKNOWN, List.of(), false, false));
        var rebooted = Decider.decideAfterApply(
                planned, new RepositoryObservation(PendingGuidances.UNKNOWN, List.of(), false, true));

        assertThat(observed.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(observed.reasons())
                .extracting(Reason::code)
                .containsExactly(ReasonCode.LIVE_PATCHING_REFUSED_BY_POLICY);
        assertThat(rebooted.noActionRequired()).isTrue();
    }

    @Test
    void doesNotRebootForAFlagWhenNoUpdateWithLivePatchesWantsAReboot() {
        var decision = decide(updates(Set.of(), true), List.of(), PoolSwitch.OFF, LivePatching.NEVER);

        assertThat(decision.noActionRequired()).isTrue();
    }

    @Test
    void countsAHostOfWhichTheServerSaysNothingAsOneThatReboots() {
        var decision = Decider.decide(DecisionInputs.ofRepository(
                HOST,
                new RepositoryGuidance(Map.of(), false, true),
                LivePatchStatus.UNKNOWN,
                ALLOWED,
                List.of(),
                List.of(GUEST),
                new Policy(LivePatching.PREFER, USUAL)));

        assertThat(decision.needs(UpdateTask.REBOOT_HOST)).isTrue();
        assertThat(decision.reasons()).extracting(Reason::code).containsExactly(ReasonCode.LIVE_PATCH_STATUS_UNKNOWN);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "M:reboot_host;AUTOMATIC;ASSERT DISABLE EVACUATE REBOOT LIVE STORAGE ASSERT DISABLE EVACUATE APPLY VERIFY",
                "M:restart_toolstack;AUTOMATIC;TOOLSTACK LIVE DISABLE APPLY VERIFY",
                "R:restart_toolstack;AUTOMATIC;DISABLE APPLY VERIFY",
                "M:restart_toolstack;MANUAL;DISABLE APPLY VERIFY",
            })
    void carriesOutWhatIsPendingAsMandatoryBeforeTheApply(String pending, Mode mode, String steps) {
        var policy = policy(mode, OnLivePatchFailure.WARN);
        var decision = decide(
                updates(Set.of(), false), RepositoryDecision.left(lists(pending)), PoolSwitch.ON, LivePatching.PREFER);

        assertThat(HostSteps.untilVerified(decision, true, policy))
                .extracting(HostStepsTests::word)
                .isEqualTo(words(steps));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "REBOOT;ASSERT DISABLE EVACUATE REBOOT LIVE STORAGE ENABLE RESTORE",
                "WARN;ENABLE",
                "FAIL;ENABLE",
            })
    void rebootsAfterAFailedLivePatchOnlyWhenAllowed(OnLivePatchFailure choice, String steps) {
        var planned = decide(livePatchedReboot(), List.of(), PoolSwitch.ON, LivePatching.PREFER);
        var observed = Decider.decideAfterApply(
                planned,
                new RepositoryObservation(lists("R:reboot_host_on_xen_livepatch_failure"), List.of(), true, false));

        assertThat(HostSteps.afterVerified(observed, false, false, policy(Mode.AUTOMATIC, choice)))
                .extracting(HostStepsTests::word)
                .isEqualTo(words(steps));
        assertThat(observed.livePatchEffective()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {"M:reboot_host;", "R:reboot_host;ENABLE RESTORE"})
    void leavesAHostDisabledInManualModeOnlyWhereTheServerWouldNotEnableIt(String pending, @Nullable String steps) {
        var planned = decide(updates(guidance("RebootHost"), false), List.of(), PoolSwitch.ON, LivePatching.PREFER);
        var observed =
                Decider.decideAfterApply(planned, new RepositoryObservation(lists(pending), List.of(), false, false));

        assertThat(HostSteps.afterVerified(observed, true, false, policy(Mode.MANUAL, OnLivePatchFailure.WARN)))
                .extracting(HostStepsTests::word)
                .isEqualTo(words(steps));
    }

    /** R14. */
    @Test
    void evacuatesNoHostForWhatIsOnlyRecommended() {
        var recommended = new HostUpdates(
                Map.of(GuidanceLevel.RECOMMENDED, Set.of(Guidance.EVACUATE_HOST)),
                List.of("qemu-4.2-2.x86_64"),
                Set.of("quiet"),
                List.of());

        assertThat(decide(recommended, List.of(), PoolSwitch.ON, LivePatching.PREFER)
                        .noActionRequired())
                .isTrue();
    }

    /** R2: a reboot that is only asked for to be complete says nothing of a live patch. */
    @ParameterizedTest(name = "{0} with status {1}: {2}")
    @CsvSource({
        "MANDATORY, NONE, NO_LIVE_PATCH",
        "RECOMMENDED, NONE, NO_LIVE_PATCH",
        "FULL, NONE, UPDATE_GUIDANCE",
        "MANDATORY, INCOMPLETE, LIVE_PATCH_INCOMPLETE",
        "RECOMMENDED, INCOMPLETE, LIVE_PATCH_INCOMPLETE",
        "FULL, COMPLETE, UPDATE_GUIDANCE"
    })
    void saysWhyAHostReboots(GuidanceLevel level, LivePatchStatus status, ReasonCode expected) {
        var decision = Decider.decide(DecisionInputs.ofRepository(
                HOST,
                new RepositoryGuidance(Map.of(level, Set.of(Guidance.REBOOT_HOST)), false, true),
                status,
                PoolSwitch.ON.value(),
                List.of(),
                List.of(GUEST),
                new Policy(LivePatching.PREFER, Set.of(GuidanceLevel.values()))));

        assertThat(decision.reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.code()).isEqualTo(expected));
        assertThat(decision.inputs().guidance()).containsExactly(Guidance.REBOOT_HOST);
    }

    /** The same reason before and after, as long as the server keeps what it foretold. */
    @Test
    void goesOnSayingWhyAHostReboots() {
        var planned = decide(updates(guidance("RebootHost"), false), List.of(), PoolSwitch.ON, LivePatching.PREFER);

        var observed = Decider.decideAfterApply(
                planned, new RepositoryObservation(lists("R:reboot_host"), List.of(), false, false));

        assertThat(observed.reasons()).isEqualTo(planned.reasons());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "R:reboot_host_on_xen_livepatch_failure; REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE",
                "R:reboot_host_on_xen_livepatch_failure R:reboot_host_on_kernel_livepatch_failure;"
                        + " REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE, REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE",
                "; APPLY_LIVEPATCH_FAILED"
            })
    void namesWhichLivePatchesFailed(@Nullable String pending, String named) {
        var planned = decide(livePatchedReboot(), List.of(), PoolSwitch.ON, LivePatching.PREFER);

        var observed =
                Decider.decideAfterApply(planned, new RepositoryObservation(lists(pending), List.of(), true, false));

        assertThat(observed.reasons().get(observed.reasons().size() - 1).detail())
                .isEqualTo(named);
    }

    @Test
    void disablesNoHostThatReceivesNothing() {
        var decision = decide(HostUpdates.NONE, List.of(), PoolSwitch.ON, LivePatching.PREFER);

        assertThat(HostSteps.foreseen(decision, false, false, UpdatePolicy.defaults()))
                .isEmpty();
    }

    private enum PoolSwitch {
        ON,
        OFF,
        NOT_LICENSED,
        OFF_AND_NOT_LICENSED;

        PoolLivePatching value() {
            return new PoolLivePatching(this == ON || this == NOT_LICENSED, this == ON || this == OFF);
        }
    }

    private static HostDecision decide(
            HostUpdates updates, List<PendingGuidance> pending, PoolSwitch pool, LivePatching livePatching) {
        return Decider.decide(DecisionInputs.ofRepository(
                HOST,
                RepositoryGuidance.of(
                        updates,
                        updates.updates().contains("rebooting")
                                ? List.of(rebootingUpdate(updates.livePatches()))
                                : List.of()),
                updates.livePatchStatus(),
                pool.value(),
                pending,
                List.of(GUEST),
                new Policy(livePatching, USUAL)));
    }

    /** In the flat lists of table C the adapter takes {@code EvacuateHost} for mandatory. */
    private static HostUpdates updates(Set<Guidance> words, boolean livePatches) {
        var recommended = new HashSet<>(words);
        var mandatory =
                recommended.remove(Guidance.EVACUATE_HOST) ? Set.of(Guidance.EVACUATE_HOST) : Set.<Guidance>of();
        return new HostUpdates(
                Map.of(GuidanceLevel.MANDATORY, mandatory, GuidanceLevel.RECOMMENDED, recommended),
                List.of("xen-hypervisor-4.17-2.x86_64"),
                Set.of("quiet"),
                livePatches ? List.of(LIVE_PATCH) : List.of());
    }

    private static HostUpdates livePatchedReboot() {
        return new HostUpdates(
                Map.of(), List.of("xen-hypervisor-4.17-2.x86_64"), Set.of("rebooting"), List.of(LIVE_PATCH));
    }

    private static AvailableUpdate rebootingUpdate(List<LivePatch> livePatches) {
        return new AvailableUpdate(
                "rebooting",
                "title",
                "",
                "security",
                "High",
                null,
                "",
                Map.of(GuidanceLevel.RECOMMENDED, Set.of(Guidance.REBOOT_HOST)),
                Set.of(),
                livePatches);
    }

    private static UpdatePolicy policy(Mode mode, OnLivePatchFailure choice) {
        return new UpdatePolicy(
                mode,
                LivePatching.PREFER,
                choice,
                OnBlocker.REJECT,
                OnMaintenance.SKIP,
                USUAL,
                VmPlacementAfter.HOME,
                Set.of(),
                false,
                UpdatePolicy.OnUpdatesChanged.STOP,
                UpdatePolicy.VmRestarts.LIST,
                Set.of());
    }

    /** {@code M:reboot_host R:restart_toolstack}. */
    private static PendingGuidances lists(@Nullable String text) {
        Map<GuidanceLevel, Set<Guidance>> lists = new EnumMap<>(GuidanceLevel.class);
        for (var level : GuidanceLevel.values()) {
            lists.put(
                    level,
                    words(text).stream()
                            .filter(word -> word.charAt(0) == level.name().charAt(0))
                            .map(word -> Guidance.parse(word.substring(2)))
                            .collect(Collectors.toSet()));
        }
        return new PendingGuidances(lists);
    }

    private static Set<Guidance> guidance(@Nullable String text) {
        return words(text).stream().map(Guidance::parse).collect(Collectors.toSet());
    }

    private static Set<UpdateTask> tasks(@Nullable String text) {
        return words(text).stream().map(UpdateTask::valueOf).collect(Collectors.toSet());
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }
}
