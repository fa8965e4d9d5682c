package io.xenpatch.xen;

import java.util.UUID;

/** The uuid of a {@code pool_update}: the vendor's, the same in every pool. */
public record UpdateUuid(UUID value) {

    /** @throws IllegalArgumentException when the text is no uuid */
    public static UpdateUuid of(String text) {
        return new UpdateUuid(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
