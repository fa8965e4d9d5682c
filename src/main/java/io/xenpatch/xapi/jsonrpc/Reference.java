package io.xenpatch.xapi.jsonrpc;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reference as the 128 bits that it spells: a third of the memory of its text, which counts where each guest of all watched pools
 * has one.
 *
 * @param other its text where it is spelt in another way than {@link #toString} would spell it; null otherwise
 */
record Reference(long high, long low, @Nullable String other) {
    private static final String PREFIX = "OpaqueRef:";
    private static final int LENGTH = PREFIX.length() + 36;

    @JsonCreator
    static Reference of(String text) {
        if (text.length() == LENGTH && text.startsWith(PREFIX)) {
            try {
                var bits = UUID.fromString(text.substring(PREFIX.length()));
                var numbered = new Reference(bits.getMostSignificantBits(), bits.getLeastSignificantBits(), null);
                if (numbered.toString().equals(text)) {
                    return numbered;
                }
            } catch (IllegalArgumentException e) {
                return new Reference(0, 0, text);
            }
        }
        return new Reference(0, 0, text);
    }

    @Override
    public String toString() {
        return other == null ? PREFIX + new UUID(high, low) : other;
    }
}
