package io.xenpatch.precheck;

import io.xenpatch.plan.HostPlan;
import io.xenpatch.plan.StepType;
import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.xen.Guidance;
import io.xenpatch.xen.GuidanceLevel;
import io.xenpatch.xen.HostSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What earlier updates left to do on hosts, targets or not, in all three lists (XC-10, XC-34; R32): INFO where this plan does it, WARNING
 * where it does not. What {@link CoordinatorRestartPending} and {@link MandatoryGuidanceFirst} say is not said again.
 */
final class PendingTasks implements Precheck {

    private record Owed(GuidanceLevel level, Guidance guidance, String because) {
        private String inWords() {
            return level + " " + guidance + (because.isEmpty() ? "" : " (" + because + ")");
        }
    }

    @Override
    public List<PrecheckRow> judge(Situation situation) {
        return situation.pool().hosts().stream()
                .flatMap(host -> Stream.of(true, false).flatMap(done -> row(situation, host, done).stream()))
                .toList();
    }

    private static Optional<PrecheckRow> row(Situation situation, HostSnapshot host, boolean done) {
        List<String> tasks = owed(situation, host)
                .filter(owed -> !isSaid(situation, host, owed))
                .filter(owed -> isDone(situation, host, owed.guidance()) == done)
                .map(Owed::inWords)
                .distinct()
                .toList();
        return tasks.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.of("HOST_TASKS_PENDING", done ? Severity.INFO : Severity.WARNING, situation)
                        .on(host)
                        .with("tasks", tasks)
                        .says(
                                "Earlier updates left this to do on host " + host.name() + ": "
                                        + String.join(", ", tasks),
                                done
                                        ? "This plan does it."
                                        : "This plan does not do it, and until it is done those updates are not fully in effect."
                                                + " Make the host a target, in mode AUTOMATIC and with that guidance level, or do"
                                                + " it by hand."));
    }

    private static Stream<Owed> owed(Situation situation, HostSnapshot host) {
        Stream<Owed> lists = Stream.of(GuidanceLevel.values())
                .flatMap(level -> host.software().pending().at(level).stream()
                        .sorted()
                        .map(guidance -> new Owed(level, guidance, "")));
        Stream<Owed> images = host.updatesRequiringReboot().stream()
                .map(situation::nameOf)
                .sorted()
                .map(update -> new Owed(GuidanceLevel.RECOMMENDED, Guidance.REBOOT_HOST, update));
        Stream<Owed> toolstacks = situation.pool().awaitingToolstackRestart(host).stream()
                .map(update -> new Owed(GuidanceLevel.RECOMMENDED, Guidance.RESTART_TOOLSTACK, update.name()));
        return Stream.of(lists, images, toolstacks, packages(host)).flatMap(each -> each);
    }

    private static Stream<Owed> packages(HostSnapshot host) {
        return switch (host.owedForPackages()) {
            case NOTHING -> Stream.empty();
            case RESTART_TOOLSTACK ->
                Stream.of(new Owed(GuidanceLevel.RECOMMENDED, Guidance.RESTART_TOOLSTACK, "packages"));
            case REBOOT_HOST -> Stream.of(new Owed(GuidanceLevel.RECOMMENDED, Guidance.REBOOT_HOST, "packages"));
        };
    }

    private static boolean isSaid(Situation situation, HostSnapshot host, Owed owed) {
        boolean restart = owed.guidance().isReboot() || owed.guidance() == Guidance.RESTART_TOOLSTACK;
        boolean ofCoordinator = host.uuid().equals(situation.pool().coordinator())
                && !situation.workedOn().isEmpty()
                && restart
                && owed.level() != GuidanceLevel.FULL;
        boolean blocks = owed.level() == GuidanceLevel.MANDATORY
                && situation.policy().mode() == Mode.MANUAL
                && situation.isFromRepository()
                && situation.plan().host(host.uuid()).filter(HostPlan::applies).isPresent();
        return ofCoordinator || blocks;
    }

    /** A larger step does the work of a smaller one too (R6). */
    private static boolean isDone(Situation situation, HostSnapshot host, Guidance guidance) {
        List<StepType> steps =
                situation.plan().host(host.uuid()).map(HostPlan::steps).orElse(List.of());
        boolean reboots = steps.contains(StepType.REBOOT);
        return switch (guidance) {
            case RESTART_TOOLSTACK -> reboots || steps.contains(StepType.RESTART_TOOLSTACK);
            case EVACUATE_HOST, RESTART_DEVICE_MODEL -> reboots || steps.contains(StepType.EVACUATE);
            case RESTART_VM, RESTART_HVM, RESTART_PV -> false;
            case REBOOT_HOST,
                    REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE,
                    UNKNOWN -> reboots;
        };
    }
}
