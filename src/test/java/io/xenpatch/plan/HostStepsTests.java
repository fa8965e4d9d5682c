package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.xenpatch.xen.VmUuid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HostStepsTests {

    private static final HostUuid HOST = new HostUuid(new UUID(0, 1));
    private static final List<Guest> GUESTS = List.of(new Guest(new VmUuid(new UUID(0, 11)), GuestKind.HVM));

    @ParameterizedTest(
            name = "{0}: {1}, live patch {2}, pending {3}, applies {4}, {5} {6}, failed {7}, maintenance {8} -> {9}")
    @CsvFileSource(resources = "/tables/host-steps.csv", numLinesToSkip = 1, delimiter = ';')
    void laysTheStepsOfAHost(
            String id,
            @Nullable String guidance,
            LivePatchStatus livePatch,
            String pending,
            String applies,
            Mode mode,
            @Nullable String choice,
            String failed,
            String maintenance,
            @Nullable String steps) {
        UpdatePolicy policy = policy(mode, choice == null ? "" : choice);
        boolean yes = applies.equals("yes");
        boolean endsDisabled = maintenance.equals("yes");
        HostDecision planned = Decider.decide(new DecisionInputs(
                HOST,
                yes ? guidance(guidance) : Set.of(),
                livePatch,
                new PoolLivePatching(true, true),
                pending.equals("yes")
                        ? List.of(new PendingGuidance(Guidance.REBOOT_HOST, GuidanceLevel.RECOMMENDED, "earlier"))
                        : List.of(),
                GUESTS,
                policy.deciding()));

        List<StepType> laid = failed.equals("yes")
                ? afterAFailedLivePatch(planned, yes, endsDisabled, policy)
                : HostSteps.foreseen(planned, yes, endsDisabled, policy);

        assertThat(laid).as(id).extracting(HostStepsTests::word).isEqualTo(words(steps));
    }

    private static List<StepType> afterAFailedLivePatch(
            HostDecision planned, boolean applies, boolean endsDisabled, UpdatePolicy policy) {
        List<StepType> steps = new ArrayList<>(HostSteps.untilVerified(planned, applies, policy));
        HostDecision observed = Decider.decideAfterApply(planned, new AppliedObservation(true, false));
        steps.addAll(HostSteps.afterVerified(observed, steps.contains(StepType.EVACUATE), endsDisabled, policy));
        return steps;
    }

    private static UpdatePolicy policy(Mode mode, String choice) {
        return new UpdatePolicy(
                mode,
                choice.equals("NEVER") ? LivePatching.NEVER : LivePatching.PREFER,
                one(OnLivePatchFailure.class, choice, OnLivePatchFailure.WARN),
                OnBlocker.REJECT,
                OnMaintenance.INCLUDE,
                choice.equals("MANDATORY")
                        ? Set.of(GuidanceLevel.MANDATORY)
                        : UpdatePolicy.defaults().guidanceLevels(),
                one(VmPlacementAfter.class, choice, VmPlacementAfter.HOME),
                Set.of(),
                choice.equals("LEAVE_DISABLED"),
                UpdatePolicy.OnUpdatesChanged.STOP,
                UpdatePolicy.VmRestarts.LIST,
                Set.of());
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name, E usual) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElse(usual);
    }

    private static Set<Guidance> guidance(@Nullable String text) {
        return words(text).stream().map(Guidance::parse).collect(Collectors.toSet());
    }

    private static List<String> words(@Nullable String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    static String word(StepType type) {
        return switch (type) {
            case ASSERT_EVACUABLE -> "ASSERT";
            case FIX -> "FIX";
            case DISABLE_HOST -> "DISABLE";
            case EVACUATE -> "EVACUATE";
            case APPLY_UPDATE -> "APPLY";
            case VERIFY -> "VERIFY";
            case RESTART_TOOLSTACK -> "TOOLSTACK";
            case REBOOT -> "REBOOT";
            case AWAIT_HOST_LIVE -> "LIVE";
            case AWAIT_STORAGE -> "STORAGE";
            case ENABLE_HOST -> "ENABLE";
            case RESTORE_VMS -> "RESTORE";
            case REVERT -> "REVERT";
        };
    }
}
