package io.xenpatch.pool;

/** Stored credentials can't be opened with the key at hand. Says what to do; holds no secret. */
final class EncryptionKeyUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EncryptionKeyUnusable(String message) {
        super(message);
    }
}
