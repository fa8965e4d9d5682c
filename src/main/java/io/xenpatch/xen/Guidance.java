package io.xenpatch.xen;

import java.util.Locale;

/**
 * What an update, or a host's pending list, asks for, before any decision (xapi.md §6.1, §7.5).
 *
 * <p>XAPI spells the same word in three ways: {@code restartHost} in a {@code pool_update}, {@code RebootHost} in
 * {@code GET /updates}, {@code reboot_host} in its database. {@link #parse} takes all of them.
 */
public enum Guidance {
    REBOOT_HOST,
    REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
    REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
    REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE,
    EVACUATE_HOST,
    RESTART_TOOLSTACK,
    RESTART_DEVICE_MODEL,
    RESTART_VM,
    /** Restart every HVM guest; {@code pool_update} only. */
    RESTART_HVM,
    /** Restart every PV guest; {@code pool_update} only. */
    RESTART_PV,
    /** A word that this version does not know; it counts as a reboot (P1.3). */
    UNKNOWN;

    /** Whether it makes a host reboot. */
    public boolean isReboot() {
        return switch (this) {
            case REBOOT_HOST,
                    REBOOT_HOST_ON_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE,
                    REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE,
                    UNKNOWN -> true;
            case EVACUATE_HOST, RESTART_TOOLSTACK, RESTART_DEVICE_MODEL, RESTART_VM, RESTART_HVM, RESTART_PV -> false;
        };
    }

    /** The guidance that XAPI means by this word, in any of its spellings; {@link #UNKNOWN} for any other word. */
    public static Guidance parse(String word) {
        return switch (word.replace("_", "").toLowerCase(Locale.ROOT)) {
            case "reboothost", "restarthost" -> REBOOT_HOST;
            case "reboothostonlivepatchfailure" -> REBOOT_HOST_ON_LIVE_PATCH_FAILURE;
            case "reboothostonkernellivepatchfailure" -> REBOOT_HOST_ON_KERNEL_LIVE_PATCH_FAILURE;
            case "reboothostonxenlivepatchfailure" -> REBOOT_HOST_ON_XEN_LIVE_PATCH_FAILURE;
            case "evacuatehost" -> EVACUATE_HOST;
            case "restarttoolstack", "restartxapi" -> RESTART_TOOLSTACK;
            case "restartdevicemodel" -> RESTART_DEVICE_MODEL;
            case "restartvm" -> RESTART_VM;
            case "restarthvm" -> RESTART_HVM;
            case "restartpv" -> RESTART_PV;
            default -> UNKNOWN;
        };
    }
}
