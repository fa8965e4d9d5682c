package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.plan.DecisionInputs.Policy;
import io.xenpatch.plan.DecisionInputs.PoolLivePatching;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnBlocker;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.OnMaintenance;
import io.xenpatch.plan.UpdatePolicy.VmPlacementAfter;
import io.xenpatch.xen.GuestKind;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostUuid;
import io.xenpatch.xen.LivePatchStatus;
import io.xenpatch.xen.OwedRestart;
import io.xenpatch.xen.PackagesInstalled;
import io.xenpatch.xen.UpdateTask;
import io.xenpatch.xen.VmUuid;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** R12: what the packages of XCP-ng need, and the steps that follow from it. */
class PackageDecisionTests {
    private static final HostUuid HOST = HostUuid.of("00000000-0000-0000-0000-000000000001");
    private static final List<Guest> GUESTS =
            List.of(new Guest(VmUuid.of("00000000-0000-0000-0000-000000000011"), GuestKind.HVM));
    private static final PoolLivePatching ALLOWED = new PoolLivePatching(true, true);

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvFileSource(resources = "/tables/package-rules.csv", numLinesToSkip = 1, delimiter = ';')
    void everyNameOnTheListsNeedsWhatTheListSaysAndAllOthersAReboot(String id, String name, OwedRestart owed) {
        assertThat(PackageRules.DEFAULTS.owedBy(name)).isEqualTo(owed);
    }

    @ParameterizedTest(name = "{0} stands for {1}: {2}")
    @CsvSource({
        "xapi*, xapi, true",
        "xapi*, xapi-core, true",
        "xapi*, zxapi, false",
        "*xapi, xapi, true",
        "*xapi*, python2-xapi-storage, true",
        "x*e, xapi-core, true",
        "x*e, xapi-cores, false",
        "sm?, sm1, true",
        "sm?, sm, false",
        "sm?, sm12, false",
        "gtk.3, gtk.3, true",
        "gtk.3, gtkx3, false",
        "libstdc++, libstdc++, true",
        "a[b], ab, false",
        "xapi, xapi*, false",
    })
    void wildcardsStandForAnythingAndNothingElseDoes(String pattern, String name, boolean matches) {
        var rules = new PackageRules(List.of(pattern), List.of());

        assertThat(rules.owedBy(name)).isEqualTo(matches ? OwedRestart.RESTART_TOOLSTACK : OwedRestart.REBOOT_HOST);
    }

    @Test
    void nameThatIsOnBothListsNeedsTheRestart() {
        var rules = new PackageRules(List.of("xapi-*"), List.of("*-doc"));

        assertThat(rules.owedBy("xapi-doc")).isEqualTo(OwedRestart.RESTART_TOOLSTACK);
    }

    @Test
    void withoutListsEverythingNeedsAReboot() {
        assertThat(new PackageRules(List.of(), List.of()).owedBy("xsconsole")).isEqualTo(OwedRestart.REBOOT_HOST);
    }

    @ParameterizedTest(name = "{0}: {1}, pending {2}, {3} {4} {5} {6} -> {7}")
    @CsvFileSource(resources = "/tables/packages.csv", numLinesToSkip = 1, delimiter = ';')
    void decidesAndLaysTheSteps(
            String id,
            @Nullable String packages,
            @Nullable String pending,
            @Nullable String levels,
            LivePatching livePatching,
            Mode mode,
            @Nullable String choice,
            @Nullable String tasks,
            @Nullable String reasons,
            @Nullable String steps) {
        var policy = policy(mode, livePatching, levels(levels), choice == null ? "" : choice);
        var guidance = guidance(packages);

        var decision = decide(guidance, pending, policy.deciding());

        assertThat(decision.tasks()).isEqualTo(tasks(tasks));
        assertThat(decision.reasons()).extracting(PackageDecisionTests::word).isEqualTo(words(reasons));
        assertThat(decision.livePatchEffective()).isFalse();
        assertThat(decision.inputs().livePatch()).isEqualTo(LivePatchStatus.NONE);
        assertThat(HostSteps.foreseen(decision, guidance.applies(), "MAINTENANCE".equals(choice), policy))
                .extracting(HostStepsTests::word)
                .isEqualTo(words(steps));
    }

    @ParameterizedTest(name = "{0}: {1}, then {4} -> {6}, noted {8}")
    @CsvFileSource(resources = "/tables/packages-after-apply.csv", numLinesToSkip = 1, delimiter = ';')
    void decidesAgainFromWhatWasInstalled(
            String id,
            String planned,
            @Nullable String pending,
            @Nullable String levels,
            @Nullable String installed,
            String rebooted,
            @Nullable String tasks,
            @Nullable String reasons,
            OwedRestart owed) {
        var before = decide(guidance(planned), pending, new Policy(LivePatching.PREFER, levels(levels)));
        var observed = observation(words(installed), rebooted.equals("yes"));

        var decision = Decider.decideAfterApply(before, observed);

        assertThat(decision.tasks()).isEqualTo(tasks(tasks));
        assertThat(decision.reasons())
                .extracting(reason -> reason.code().name())
                .isEqualTo(words(reasons));
        assertThat(Decider.owedForPackages(decision, observed)).isEqualTo(owed);
    }

    @Test
    void packageThatWasNotForeseenIsNamedFirst() {
        var planned =
                decide(guidance("xapi-core"), null, UpdatePolicy.defaults().deciding());

        var decision = Decider.decideAfterApply(planned, observation(List.of("xapi-core", "kernel"), false));

        assertThat(decision.tasks()).containsExactly(UpdateTask.REBOOT_HOST);
        assertThat(decision.reasons())
                .extracting(PackageDecisionTests::word)
                .containsExactly(
                        "UPDATED_PACKAGES=kernel", "LIVE_PATCHING_NOT_SUPPORTED", "UPDATED_PACKAGES=xapi-core");
    }

    private static PackageObservation observation(List<String> installed, boolean rebooted) {
        return PackageObservation.of(new PackagesInstalled(installed), PackageRules.DEFAULTS, rebooted);
    }

    private static HostDecision decide(PackageGuidance guidance, @Nullable String pending, Policy policy) {
        var left = words(pending).stream()
                .map(word -> new PendingGuidance(
                        Guidance.valueOf(word), GuidanceLevel.RECOMMENDED, "rpm_patch_installation_time"))
                .toList();
        return Decider.decide(DecisionInputs.ofPackages(HOST, guidance, ALLOWED, left, GUESTS, policy));
    }

    private static PackageGuidance guidance(@Nullable String packages) {
        return "?".equals(packages)
                ? PackageGuidance.UNKNOWN
                : PackageGuidance.of(PackageRules.DEFAULTS.sort(words(packages)));
    }

    private static UpdatePolicy policy(Mode mode, LivePatching livePatching, Set<GuidanceLevel> levels, String choice) {
        return new UpdatePolicy(
                mode,
                livePatching,
                OnLivePatchFailure.WARN,
                OnBlocker.REJECT,
                OnMaintenance.INCLUDE,
                levels,
                choice.equals("LEAVE") ? VmPlacementAfter.LEAVE : VmPlacementAfter.HOME,
                Set.of(),
                choice.equals("LEAVE_DISABLED"),
                UpdatePolicy.defaults().onUpdatesChanged(),
                UpdatePolicy.defaults().vmRestarts(),
                Set.of());
    }

    private static Set<GuidanceLevel> levels(@Nullable String text) {
        return words(text).stream().map(GuidanceLevel::valueOf).collect(Collectors.toSet());
    }

    /** {@code UPDATED_PACKAGES=kernel,xen-hypervisor}; the detail of the reason without live patch is the guidance itself. */
    private static String word(Reason reason) {
        return reason.detail().isEmpty() || reason.code() == ReasonCode.LIVE_PATCHING_NOT_SUPPORTED
                ? reason.code().name()
                : reason.code() + "=" + reason.detail().replace(", ", ",");
    }

    private static Set<UpdateTask> tasks(@Nullable String text) {
        return words(text).stream().map(UpdateTask::valueOf).collect(Collectors.toSet());
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }
}
