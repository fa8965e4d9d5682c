package io.xenpatch.simulator.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a live patch is for. */
public enum LivePatchComponent {
    XEN("xen", Guidance.REBOOT_HOST_ON_XEN_LIVEPATCH_FAILURE),
    KERNEL("kernel", Guidance.REBOOT_HOST_ON_KERNEL_LIVEPATCH_FAILURE);

    private final String text;
    private final Guidance onFailure;

    LivePatchComponent(String text, Guidance onFailure) {
        this.text = text;
        this.onFailure = onFailure;
    }

    /** Its name in {@code updateinfo.xml} and in the answer of {@code GET /updates}. */
    public String text() {
        return text;
    }

    /** What is recommended for a host on which such a live patch could not be loaded. */
    public Guidance onFailure() {
        return onFailure;
    }

    /** The component of that name, in any case; empty if XAPI knows none. */
    public static Optional<LivePatchComponent> of(String text) {
        return Arrays.stream(values())
                .filter(component -> component.text.equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
