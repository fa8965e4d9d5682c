package io.xenpatch.pool;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a start that fails for its encryption key in two sentences instead of a stack trace. */
final class EncryptionKeyFailureAnalyzer extends AbstractFailureAnalyzer<EncryptionKeyUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EncryptionKeyUnusable cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Give the key that the stored credentials were encrypted with: xenpatch.pool.encryption-key"
                        + " (XENPATCH_POOL_ENCRYPTION_KEY, base64 of 32 bytes) or the file " + EncryptionKey.FILE
                        + " of the former data directory. A new key is made with: openssl rand -base64 32",
                cause);
    }
}
