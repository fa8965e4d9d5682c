package io.xenpatch.egress;

import java.security.cert.CertificateException;

/** The peer of a connection presents a certificate that nobody accepts there. Nothing but the handshake was sent. */
public final class CertificateNotPinned extends CertificateException {
    private static final long serialVersionUID = 1L;
    private final String presented;

    CertificateNotPinned(String peer, String presented) {
        super(peer + " presents the certificate " + presented + ", which is not accepted there");
        this.presented = presented;
    }

    /** {@link Fingerprint} of the leaf. */
    public String presented() {
        return presented;
    }
}
