package io.xenpatch.egress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** All HTTP that leaves the process: one client, one TLS context, and one more for large bodies. HTTP/1.1, no proxy, no redirects. */
public final class Egress implements AutoCloseable {
    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";
    private static final int SECOND = 1;

    private final AcceptedCertificates accepted = new AcceptedCertificates();
    private final ExecutorService threads;
    private final HttpClient client;
    private final SSLContext unverified;
    private final StreamingClient streams;
    private final Duration connectTimeout;

    static {
        // JDK 17 keeps idle connections for 20 minutes, until the server has long closed them: a call sent into such a
        // connection counts as lost although it never arrived
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, "30");
        }
    }

    public Egress(EgressProperties properties) {
        var number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "egress-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        connectTimeout = properties.connectTimeout();
        unverified = context(new Unverified());
        streams = new StreamingClient(unverified, connectTimeout);
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connectTimeout)
                .sslContext(context(new PinnedTrust(accepted)))
                .executor(threads)
                .build();
    }

    private static SSLContext context(TrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            // a resumed session shows no certificate: keep none that could outlive a changed pin
            context.getClientSessionContext().setSessionCacheSize(1);
            context.getClientSessionContext().setSessionTimeout(SECOND);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK speaks TLS", e);
        }
    }

    /**
     * Sends a request; its TLS handshake succeeds only with one of these certificates. An idle connection may carry it that was
     * made for another request: compare {@link HttpResponse#sslSession()} too.
     *
     * @param fingerprints {@link Fingerprint}s, ignored for plain HTTP
     * @return fails with {@link CertificateNotPinned} among the causes when another certificate is presented
     */
    public <T> CompletableFuture<HttpResponse<T>> send(
            HttpRequest request, HttpResponse.BodyHandler<T> body, Set<String> fingerprints) {
        var uri = request.uri();
        var lease = accepted.accept(uri.getHost(), uri.getPort(), fingerprints);
        var sent = client.sendAsync(request, body);
        var unused = sent.whenComplete((response, failure) -> lease.end());
        return sent;
    }

    /**
     * Sends a large body in pieces, as fast as the server takes them, on a connection of its own.
     *
     * @return what the server says to it, as soon as it has refused it or taken all; to cancel it ends the connection. Fails with
     *     {@link CertificateNotPinned} when another certificate is presented, then nothing was sent
     */
    public CompletableFuture<StreamedPut.Answer> stream(StreamedPut put) {
        return streams.send(put);
    }

    /**
     * The {@link Fingerprint} of the certificate that a server presents, whoever it is. Nothing is sent.
     *
     * @return fails with {@link IOException} among the causes
     */
    public CompletableFuture<String> presentedBy(String host, int port, Duration limit) {
        return CompletableFuture.supplyAsync(() -> handshake(host, port, limit), threads);
    }

    private String handshake(String host, int port, Duration limit) {
        var shorter = limit.compareTo(connectTimeout) < 0 ? limit : connectTimeout;
        var millis = (int) Math.max(1, shorter.toMillis());
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            try (var socket = (SSLSocket) unverified.getSocketFactory().createSocket(plain, host, port, true)) {
                socket.startHandshake();
                return Fingerprint.of(socket.getSession().getPeerCertificates()[0]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        streams.close();
        threads.shutdownNow();
    }
}
