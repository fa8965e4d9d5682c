package io.xenpatch.egress;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a certificate because of its fingerprint alone. Names, issuers and dates don't matter: XAPI servers sign their own
 * certificates, for names that nobody uses, and let them expire. It is the <i>extended</i> type because the JDK would add its
 * host-name check to any other.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final AcceptedCertificates accepted;
    private final int client;

    /** @param client the number of the client whose connections it judges */
    PinnedTrust(AcceptedCertificates accepted, int client) {
        this.accepted = accepted;
        this.client = client;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        var peer = AcceptedCertificates.peer(engine.getPeerHost(), engine.getPeerPort());
        var presented = Fingerprint.of(chain[0]);
        if (!accepted.isAccepted(client, peer, presented)) {
            throw new CertificateNotPinned(peer, presented);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw unknownPeer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw unknownPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw unknownPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw unknownPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw unknownPeer();
    }

    private static CertificateException unknownPeer() {
        return new CertificateException("only connections of the outgoing HTTP client are trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
