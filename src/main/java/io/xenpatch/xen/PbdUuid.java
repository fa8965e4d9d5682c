package io.xenpatch.xen;

import java.util.UUID;

/** The XAPI uuid of the connection (PBD) between one host and one storage repository. */
public record PbdUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static PbdUuid of(String text) {
        return new PbdUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
