package io.xenpatch.simulator.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.xenpatch.simulator.SimulatorFailure;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Self-signed certificates, made when asked for and kept as long as the process. All are made with one key: what tells pools apart is
 * the certificate, and a thousand keys would be a tenth of the time in which a thousand pools start.
 */
final class CertificateStore {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final KeyPair KEY = key();

    private CertificateStore() {}

    private static KeyPair key() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new SimulatorFailure("No key could be made: " + e, e);
        }
    }

    /** A new certificate for a name. @throws SimulatorFailure if the JDK can't make one */
    static Identity create(String name) {
        try {
            var now = Instant.now();
            var bundle = new CertificateBuilder()
                    .ecp256()
                    .keyPair(KEY)
                    .subject("CN=" + name)
                    .notBefore(now.minus(Duration.ofDays(1)))
                    .notAfter(now.plus(VALID))
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            return new Identity(bundle, fingerprint(bundle));
        } catch (Exception e) {
            throw new SimulatorFailure("No certificate could be made: " + e, e);
        }
    }

    private static String fingerprint(X509Bundle bundle) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(bundle.getCertificate().getEncoded()));
    }

    /** A certificate with its key. */
    static final class Identity {
        private final X509Bundle bundle;
        private final String fingerprint;
        private @Nullable SslContext context;

        private Identity(X509Bundle bundle, String fingerprint) {
            this.bundle = bundle;
            this.fingerprint = fingerprint;
        }

        /** What listens with it; made for the first connection. @throws SimulatorFailure if the JDK can't make one */
        synchronized SslContext context() {
            var made = context;
            if (made == null) {
                made = listening();
                context = made;
            }
            return made;
        }

        private SslContext listening() {
            try {
                return SslContextBuilder.forServer(
                                new OneKey(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath()))
                        .build();
            } catch (SSLException e) {
                throw new SimulatorFailure("The certificate can't be used: " + e, e);
            }
        }

        String fingerprint() {
            return fingerprint;
        }

        String pem() {
            return bundle.getCertificatePEM();
        }
    }
}
