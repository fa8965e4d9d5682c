package io.xenpatch.simulator.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.xenpatch.simulator.SimulatorFailure;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/** Self-signed certificates, made when asked for and kept as long as the process. */
final class CertificateStore {
    private static final Duration VALID = Duration.ofDays(3650);

    private CertificateStore() {}

    /** A new certificate for a name. @throws SimulatorFailure if the JDK can't make one */
    static Identity create(String name) {
        try {
            var now = Instant.now();
            var bundle = new CertificateBuilder()
                    .ecp256()
                    .subject("CN=" + name)
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(VALID))
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new Identity(bundle, context(bundle), fingerprint(bundle));
        } catch (Exception e) {
            throw new SimulatorFailure("No certificate could be made: " + e, e);
        }
    }

    private static SslContext context(X509Bundle bundle) throws Exception {
        return SslContextBuilder.forServer(new OneKey(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath()))
                .build();
    }

    private static String fingerprint(X509Bundle bundle) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(bundle.getCertificate().getEncoded()));
    }

    /** A certificate with its key, ready to listen with. */
    record Identity(X509Bundle bundle, SslContext context, String fingerprint) {

        String pem() {
            return bundle.getCertificatePEM();
        }
    }
}
