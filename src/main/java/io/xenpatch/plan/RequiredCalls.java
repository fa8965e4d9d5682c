package io.xenpatch.plan;

import io.xenpatch.plan.UpdatePolicy.Mode;
import io.xenpatch.plan.UpdatePolicy.OnLivePatchFailure;
import io.xenpatch.plan.UpdatePolicy.VmRestarts;
import io.xenpatch.xen.Channel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which XAPI calls a plan makes that not everybody may make: its questions, its steps, and the restart that a live patch brings which
 * fails. Reads that every role may make are left out. Named as {@code XapiCall} names them.
 */
public final class RequiredCalls {

    private static final List<StepType> AFTER_A_FAILED_LIVE_PATCH = List.of(
            StepType.DISABLE_HOST,
            StepType.EVACUATE,
            StepType.REBOOT,
            StepType.AWAIT_STORAGE,
            StepType.ENABLE_HOST,
            StepType.RESTORE_VMS);

    private RequiredCalls() {}

    /**
     * Without these a host would be left half way. In alphabetical order; empty when nothing is to be done.
     *
     * @param channel of the pool
     */
    public static Set<String> forHosts(PoolPlan plan, Channel channel, UpdatePolicy policy) {
        Stream<StepType> steps = plan.hosts().stream().flatMap(host -> host.steps().stream());
        boolean mayReboot = policy.mode() == Mode.AUTOMATIC
                && policy.onLivePatchFailure() == OnLivePatchFailure.REBOOT
                && plan.hosts().stream().anyMatch(HostPlan::applies);
        Stream<StepType> foreseen = mayReboot ? Stream.concat(steps, AFTER_A_FAILED_LIVE_PATCH.stream()) : steps;
        return foreseen.distinct()
                .flatMap(step -> of(step, plan.choice(), channel))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without these some guests are not restarted, which fails no host (R10). */
    public static Set<String> forGuests(PoolPlan plan, UpdatePolicy policy) {
        boolean nothing = plan.hosts().stream().allMatch(host -> host.steps().isEmpty());
        if (nothing || policy.vmRestarts() == VmRestarts.LIST) {
            return Set.of();
        }
        return policy.vmRestarts() == VmRestarts.ALL
                ? new TreeSet<>(Set.of("VM.restart_device_models", "VM.clean_reboot"))
                : Set.of("VM.restart_device_models");
    }

    /** Without these a fix can't be made and taken back. */
    public static List<String> forFix(FixCode code) {
        return switch (code) {
            case HA_OFF -> List.of("pool.disable_ha", "pool.enable_ha", "pool.set_ha_host_failures_to_tolerate");
            case WLB_OFF -> List.of("pool.set_wlb_enabled");
            case AUTO_START_OFF ->
                List.of(
                        "pool.add_to_other_config",
                        "pool.remove_from_other_config",
                        "VM.add_to_other_config",
                        "VM.remove_from_other_config");
            case PAUSE_UPDATE_SYNC -> List.of("pool.set_update_sync_enabled");
            case EJECT_CD -> List.of("VBD.eject", "VBD.insert");
            case SUSPEND_VM -> List.of("VM.suspend", "VM.resume_on", "VM.resume");
            case SHUTDOWN_VM_CLEAN -> List.of("VM.clean_shutdown", "VM.start_on", "VM.start");
            case SHUTDOWN_VM_HARD -> List.of("VM.hard_shutdown", "VM.start_on", "VM.start");
            case RECONNECT_STORAGE -> List.of("PBD.plug");
            case POWER_ON_HOST -> List.of("host.power_on");
            case SYNC_UPDATES -> List.of("pool.sync_updates");
            case ADD_COORDINATOR -> List.of();
        };
    }

    private static Stream<String> of(StepType step, UpdateChoice choice, Channel channel) {
        return switch (step) {
            case DISABLE_HOST -> Stream.of("host.disable");
            case EVACUATE -> Stream.of("host.evacuate");
            case APPLY_UPDATE -> applying(choice, channel);
            case RESTART_TOOLSTACK -> Stream.of("host.restart_agent");
            case REBOOT -> Stream.of("host.reboot");
            case AWAIT_STORAGE -> Stream.of("PBD.plug");
            case ENABLE_HOST -> Stream.of("host.enable");
            case RESTORE_VMS -> Stream.of("VM.pool_migrate");
            // fixes have calls of their own
            case ASSERT_EVACUABLE, VERIFY, AWAIT_HOST_LIVE, FIX, REVERT -> Stream.empty();
        };
    }

    /** A chosen image is applied as such on every channel (R1). */
    private static Stream<String> applying(UpdateChoice choice, Channel channel) {
        if (choice.image().isPresent() || channel == Channel.POOL_UPDATE) {
            return Stream.of("pool_update.precheck", "pool_update.apply");
        }
        return channel == Channel.XCP_NG
                ? Stream.of("host.call_plugin", "host.add_to_other_config", "host.remove_from_other_config")
                : Stream.of("GET /updates", "host.apply_updates");
    }
}
