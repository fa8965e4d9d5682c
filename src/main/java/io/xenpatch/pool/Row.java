package io.xenpatch.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A row of the inventory, ready to be written.
 *
 * @param extra what its table has besides: the host of a guest, the update status of a host; "" otherwise
 * @param more what its table has further: the pending tasks of a host, separated by commas; "" otherwise
 * @param digest of all of it: equal rows need not be written again
 */
record Row(UUID id, String name, String extra, String more, String document, String digest) {
    private static final int DIGEST_BYTES = 16;

    static Row of(UUID id, String name, String extra, String more, String document) {
        return new Row(id, name, extra, more, document, digest(String.join("\u0000", name, extra, more, document)));
    }

    private static String digest(String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
