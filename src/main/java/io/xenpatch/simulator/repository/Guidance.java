package io.xenpatch.simulator.repository;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is to be done so that an update takes effect (xapi.md §7.5), in the order in which XAPI sorts it. */
public enum Guidance {
    REBOOT_HOST("RebootHost", "reboot_host"),
    RESTART_TOOLSTACK("RestartToolstack", "restart_toolstack"),
    EVACUATE_HOST("EvacuateHost", null),
    RESTART_DEVICE_MODEL("RestartDeviceModel", "restart_device_model"),
    REBOOT_HOST_ON_LIVEPATCH_FAILURE("RebootHostOnLivePatchFailure", "reboot_host_on_livepatch_failure"),
    REBOOT_HOST_ON_KERNEL_LIVEPATCH_FAILURE(
            "RebootHostOnKernelLivePatchFailure", "reboot_host_on_kernel_livepatch_failure"),
    REBOOT_HOST_ON_XEN_LIVEPATCH_FAILURE("RebootHostOnXenLivePatchFailure", "reboot_host_on_xen_livepatch_failure"),
    RESTART_VM("RestartVM", "restart_vm");

    private final String text;
    private final @Nullable String pending;

    Guidance(String text, @Nullable String pending) {
        this.text = text;
        this.pending = pending;
    }

    /** Its name in {@code updateinfo.xml} and in the answer of {@code GET /updates}, for example {@code RebootHost}. */
    public String text() {
        return text;
    }

    /** Its value in the lists {@code pending_guidances*} of the database; null for what is never stored there. */
    public @Nullable String pending() {
        return pending;
    }

    /** What a value of {@code updateinfo.xml} means: whatever XAPI doesn't expect there is a reboot, to be safe. */
    public static Guidance ofUpdateInfo(String text) {
        return Arrays.stream(values())
                .filter(guidance -> guidance.text.equals(text) && !guidance.isLivePatchFailure())
                .findFirst()
                .orElse(REBOOT_HOST);
    }

    /**
     * What a value of the lists {@code pending_guidances*} means.
     *
     * @throws IllegalArgumentException if the database has no such value
     */
    public static Guidance ofPending(String pending) {
        return Arrays.stream(values())
                .filter(guidance -> pending.equals(guidance.pending))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pending guidance: " + pending));
    }

    private boolean isLivePatchFailure() {
        return text.endsWith("LivePatchFailure");
    }
}
