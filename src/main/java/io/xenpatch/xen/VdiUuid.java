package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a virtual disk image. */
public record VdiUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static VdiUuid of(String text) {
        return new VdiUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
