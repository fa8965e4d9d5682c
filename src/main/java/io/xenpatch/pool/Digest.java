package io.xenpatch.pool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** The first 128 bits of the SHA-256 of a row of the inventory: equal rows need not be written again. */
record Digest(long high, long low) {
    /** Of no row. */
    static final Digest NONE = new Digest(0, 0);

    private static final int HALF = 16;
    private static final int RADIX = 16;

    static Digest of(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var bits = ByteBuffer.wrap(sha256);
            return new Digest(bits.getLong(), bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param hex as {@link #toString} wrote it; another text, which no row has, is as good as no digest */
    static Digest parse(String hex) {
        try {
            return new Digest(
                    Long.parseUnsignedLong(hex, 0, HALF, RADIX), Long.parseUnsignedLong(hex, HALF, 2 * HALF, RADIX));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return NONE;
        }
    }

    /** 32 hex digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}
