package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a host: its public identifier (P3.4); references never leave the adapter. */
public record HostUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static HostUuid of(String text) {
        return new HostUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
