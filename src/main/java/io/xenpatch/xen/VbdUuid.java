package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of a guest's virtual drive. */
public record VbdUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static VbdUuid of(String text) {
        return new VbdUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
