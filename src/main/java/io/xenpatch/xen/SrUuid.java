package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a storage repository. */
public record SrUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static SrUuid of(String text) {
        return new SrUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
