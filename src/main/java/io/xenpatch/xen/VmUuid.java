package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a VM: its public identifier (P3.4); references never leave the adapter. */
public record VmUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static VmUuid of(String text) {
        return new VmUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
