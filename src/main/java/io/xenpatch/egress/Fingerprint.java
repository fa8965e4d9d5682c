package io.xenpatch.egress;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;

/** How a certificate is recognised: SHA-256 of its DER form, 64 lower-case hex digits. */
public final class Fingerprint {

    private Fingerprint() {}

    /** @throws CertificateEncodingException when the certificate has no DER form */
    public static String of(Certificate certificate) throws CertificateEncodingException {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
