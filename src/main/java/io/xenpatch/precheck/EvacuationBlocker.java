package io.xenpatch.precheck;

import io.xenpatch.xen.PoolSnapshot;
import io.xenpatch.xen.SrSnapshot;
import io.xenpatch.xen.SrUuid;
import io.xenpatch.xen.VmSnapshot;
import io.xenpatch.xen.VmUuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why one guest can't leave, as {@code host.get_vms_which_prevent_evacuation} says it: element 0 is XAPI's code, the others its
 * parameters (xencenter.md §4.3, xapi.md §8.3).
 *
 * @param why completes "VM x can't leave host y: …"
 */
record EvacuationBlocker(
        String code, String why, String cure, @Nullable Fix fix, Map<String, Object> facts) {

    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    static final String NOT_ENOUGH_MEMORY = "HOST_NOT_ENOUGH_FREE_MEMORY";

    private static final Set<String> TARGET_AWAY = Set.of("HOST_NOT_LIVE", "HOST_OFFLINE");
    private static final String MOVE_BY_HAND = "Shut the VM down or suspend it for the time of the update.";
    private static final String INSTALL_TOOLS = "Install the current guest tools in the VM, or shut it down.";

    static EvacuationBlocker of(List<String> reason, VmUuid vm, PoolSnapshot pool) {
        boolean awaitsHost = !reason.isEmpty() && TARGET_AWAY.contains(reason.get(0));
        return awaitsHost && pool.hosts().stream().anyMatch(HostsLive::canBeSwitchedOn)
                ? targetAway(Fixes.POWER_ON_HOST)
                : anyOf(reason, vm, pool);
    }

    private static EvacuationBlocker targetAway(@Nullable Fix fix) {
        return new EvacuationBlocker(
                "EVACUATION_TARGET_NOT_AVAILABLE",
                "a host that could take it is not available",
                "Bring back hosts that are down, or disable them.",
                fix,
                Map.of());
    }

    private static EvacuationBlocker anyOf(List<String> reason, VmUuid vm, PoolSnapshot pool) {
        String code = reason.isEmpty() ? "" : reason.get(0);
        return switch (code) {
            case "VM_REQUIRES_SR" -> storage(at(reason, 2), vm, pool);
            case "VM_REQUIRES_NETWORK" -> network(at(reason, 2));
            case "NETWORK_SRIOV_INSUFFICIENT_CAPACITY" ->
                of("VM_NETWORK_NOT_AVAILABLE", "no other host has a free SR-IOV function for it", MOVE_BY_HAND);
            case NOT_ENOUGH_MEMORY ->
                new EvacuationBlocker(
                        "NOT_ENOUGH_MEMORY",
                        "the other hosts have too little free memory for it",
                        MOVE_BY_HAND,
                        Fixes.SUSPEND_VM,
                        Map.of());
            case "VM_MISSING_PV_DRIVERS" -> of("VM_TOOLS_MISSING", "it has no guest tools", INSTALL_TOOLS);
            case "VM_OLD_PV_DRIVERS" -> of("VM_TOOLS_OUT_OF_DATE", "its guest tools are out of date", INSTALL_TOOLS);
            case "VM_LACKS_FEATURE" ->
                of("VM_TOOLS_MISSING", "its guest tools are missing or can't migrate it", INSTALL_TOOLS);
            case "VM_LACKS_FEATURE_SUSPEND", "VM_NON_SUSPENDABLE" ->
                of("VM_CANNOT_BE_SUSPENDED", "it can't be suspended, and so not be migrated", "Shut the VM down.");
            case "VM_HAS_PCI_ATTACHED" -> pinned("VM_HAS_PCI_DEVICE", "it uses a PCI device of this host");
            case "VM_HAS_VGPU" -> pinned("VM_HAS_VGPU", "it uses a virtual GPU of this host");
            case "VM_REQUIRES_GPU", "VM_REQUIRES_VGPU", "VM_REQUIRES_IOMMU" ->
                pinned("VM_GPU_NOT_AVAILABLE", "no other host has the GPU that it needs");
            case "VM_HAS_VUSBS" -> pinned("VM_HAS_USB_DEVICE", "it uses a USB device of this host");
            case "NO_HOSTS_AVAILABLE" ->
                new EvacuationBlocker(
                        "NO_EVACUATION_TARGET",
                        "no other host can take it",
                        "Enable another host, or shut the VM down.",
                        Fixes.SUSPEND_VM,
                        Map.of());
            case "OTHER_OPERATION_IN_PROGRESS" ->
                of("OPERATION_IN_PROGRESS", "it is busy with another operation", "Try again when that has ended.");
            default -> rarer(code, reason);
        };
    }

    private static EvacuationBlocker rarer(String code, List<String> reason) {
        return switch (code) {
            case "HOST_EVACUATE_VM_NOT_HA_PROTECTED" ->
                new EvacuationBlocker(
                        "VM_NOT_HA_PROTECTED",
                        "high availability is on and does not protect it",
                        "Turn high availability off, or give the VM a restart priority.",
                        Fixes.HA_OFF,
                        Map.of());
            case "OPERATION_NOT_ALLOWED" ->
                at(reason, 1).contains("VUSB")
                        ? pinned("VM_HAS_USB_DEVICE", "it uses a USB device of this host")
                        : of("CANNOT_EVACUATE", "the server says " + at(reason, 1), MOVE_BY_HAND);
            case "OPERATION_BLOCKED" ->
                of(
                        "VM_MIGRATION_BLOCKED",
                        "somebody blocked its migration (" + at(reason, 2) + ")",
                        "Remove the block from the VM's blocked_operations, or shut the VM down.");
            case "VM_IS_IMMOBILE" ->
                of("VM_IS_IMMOBILE", "it is marked as not to be moved, or uses nested virtualisation", MOVE_BY_HAND);
            case "VM_BAD_POWER_STATE" ->
                of(
                        "VM_BAD_POWER_STATE",
                        "it is " + at(reason, 3) + ", not running",
                        "Unpause the VM, or shut it down.");
            case "VM_INCOMPATIBLE_WITH_THIS_HOST",
                    "VM_HOST_INCOMPATIBLE_VIRTUAL_HARDWARE_PLATFORM_VERSION",
                    "VM_HOST_INCOMPATIBLE_VERSION",
                    "VM_HVM_REQUIRED",
                    "HOST_NOT_ENOUGH_PCPUS" ->
                of("VM_INCOMPATIBLE_WITH_OTHER_HOSTS", "no other host has the hardware that it needs", MOVE_BY_HAND);
            case "VDI_ON_BOOT_MODE_INCOMPATIBLE_WITH_OPERATION" ->
                of("VM_DISK_RESETS_ON_BOOT", "one of its disks is reset at each boot", "Shut the VM down.");
            case "HOST_NOT_LIVE", "HOST_DISABLED", "HOST_OFFLINE" -> targetAway(null);
            case "NOT_SUPPORTED_DURING_UPGRADE" ->
                of(
                        "ROLLING_UPGRADE_IN_PROGRESS",
                        "the hosts of the pool have different versions",
                        "Finish the rolling upgrade of the pool first.");
            default ->
                of(
                        "CANNOT_EVACUATE",
                        reason.isEmpty()
                                ? "the server gives no reason"
                                : "the server says " + String.join(", ", reason),
                        MOVE_BY_HAND);
        };
    }

    /** A disc in a drive, storage that only this host has, or shared storage that is not attached everywhere. */
    private static EvacuationBlocker storage(String parameter, VmUuid vm, PoolSnapshot pool) {
        Optional<SrSnapshot> found = uuid(parameter).flatMap(uuid -> pool.sr(new SrUuid(uuid)));
        String name = found.map(SrSnapshot::name).orElse(parameter);
        Map<String, Object> facts = Map.of("sr", name);
        if (found.filter(sr -> isDisc(sr, pool.vm(vm))).isPresent()) {
            return new EvacuationBlocker(
                    "VM_DISC_INSERTED",
                    "a disc from " + name + " is in its drive, and other hosts don't see it",
                    "Eject the disc.",
                    Fixes.EJECT_CD,
                    facts);
        }
        if (found.filter(SrSnapshot::shared).isPresent()) {
            return new EvacuationBlocker(
                    "STORAGE_NOT_ATTACHED",
                    "shared storage " + name + " is not attached to every host that could take it",
                    "Attach (plug) the storage on every host.",
                    Fixes.RECONNECT_STORAGE,
                    facts);
        }
        return new EvacuationBlocker(
                "VM_ON_LOCAL_STORAGE",
                "it has a disk on " + name + ", which other hosts don't see",
                "Move the disk to shared storage, or suspend the VM or shut it down for the time of the update.",
                Fixes.SUSPEND_VM,
                facts);
    }

    private static boolean isDisc(SrSnapshot sr, Optional<VmSnapshot> vm) {
        boolean onlyInDrives = vm.filter(guest ->
                        guest.discs().contains(sr.uuid()) && !guest.storage().contains(sr.uuid()))
                .isPresent();
        return sr.tools() || sr.contentType().equals("iso") || onlyInDrives;
    }

    private static EvacuationBlocker network(String name) {
        return new EvacuationBlocker(
                "VM_NETWORK_NOT_AVAILABLE",
                "other hosts don't have its network " + name,
                "Connect the network on every host, or shut the VM down.",
                Fixes.SUSPEND_VM,
                Map.of("network", name));
    }

    /** Suspending is never offered for guests with devices of the host (R35). */
    private static EvacuationBlocker pinned(String code, String why) {
        return new EvacuationBlocker(
                code, why, "Shut the VM down for the time of the update.", Fixes.SHUTDOWN_VM_CLEAN, Map.of());
    }

    private static EvacuationBlocker of(String code, String why, String cure) {
        Fix fix = cure.equals(MOVE_BY_HAND) || cure.equals("Shut the VM down.") ? Fixes.SHUTDOWN_VM_CLEAN : null;
        return new EvacuationBlocker(code, why, cure, fix, Map.of());
    }

    private static Optional<UUID> uuid(String text) {
        return UUID_SHAPE.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static String at(List<String> reason, int index) {
        return index < reason.size() ? reason.get(index) : "";
    }
}
