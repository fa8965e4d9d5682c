package io.xenpatch.pool;

import io.xenpatch.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/** SHA-256 fingerprints of certificates, as people paste them. */
final class Fingerprint {
    private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){31}");

    private Fingerprint() {}

    /**
     * @return 64 lower-case hex digits
     * @throws ProblemException {@code validation-failed} naming {@code /tlsFingerprint}
     */
    static String parse(String text) {
        String fingerprint = text.strip();
        if (!PLAIN.matcher(fingerprint).matches()
                && !COLONS.matcher(fingerprint).matches()) {
            throw ProblemException.invalid(
                    "/tlsFingerprint", "must be a SHA-256 fingerprint: 64 hex digits, with or without colons");
        }
        return fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }
}
