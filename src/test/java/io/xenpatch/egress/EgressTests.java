package io.xenpatch.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressTests {
    private final Egress egress = new Egress(new EgressProperties(Duration.ofSeconds(2)));
    private final List<Server> servers = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws IOException {
        egress.close();
        for (var server : servers) {
            server.socket.close();
        }
    }

    private Server serve(X509Bundle certificate) throws Exception {
        var server = new Server(certificate);
        servers.add(server);
        return server;
    }

    private static X509Bundle certificate(Duration validUntil) throws Exception {
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=somebody.else")
                .notBefore(Instant.now().minus(Duration.ofDays(400)))
                .notAfter(Instant.now().plus(validUntil))
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private HttpResponse<String> get(Server server, String... fingerprints) {
        return get("127.0.0.1", server, fingerprints);
    }

    private HttpResponse<String> get(String host, Server server, String... fingerprints) {
        var request = HttpRequest.newBuilder(URI.create("https://" + host + ":" + server.port() + "/secret"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return egress.send(request, HttpResponse.BodyHandlers.ofString(), Set.of(fingerprints))
                .join();
    }

    @Test
    void acceptsAnExpiredCertificateForAnotherNameWhenItIsPinned() throws Exception {
        var expired = certificate(Duration.ofDays(-1));
        var server = serve(expired);

        assertThat(get(server, Fingerprint.of(expired.getCertificate())).body()).isEqualTo("hello");
    }

    @Test
    void sendsNothingToAServerWithAnotherCertificate() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);

        assertThatThrownBy(() -> get(server, "0".repeat(64)))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(CertificateNotPinned.class)
                .rootCause()
                .extracting(cause -> ((CertificateNotPinned) cause).presented())
                .isEqualTo(Fingerprint.of(certificate.getCertificate()));
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aPinCountsOnlyForItsOwnRequests() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);
        var other = serve(certificate(Duration.ofDays(1)));
        get(server, Fingerprint.of(certificate.getCertificate()));

        assertThatThrownBy(() -> get(other, Fingerprint.of(certificate.getCertificate())))
                .hasRootCauseInstanceOf(CertificateNotPinned.class);
        assertThatThrownBy(() -> get(other)).hasRootCauseInstanceOf(CertificateNotPinned.class);
    }

    @Test
    void looksAtACertificateWithoutSendingAnything() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);

        assertThat(egress.presentedBy("127.0.0.1", server.port(), Duration.ofSeconds(5)))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(Fingerprint.of(certificate.getCertificate()));
        assertThat(server.requests).isEmpty();
    }

    @Test
    void connectionIsKeptForTheNextRequestWithTheSameTrust() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);

        get(server, Fingerprint.of(certificate.getCertificate()));
        get(server, Fingerprint.of(certificate.getCertificate()));

        assertThat(server.requests).hasSize(2);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void requestIsNotSentOverAnIdleConnectionThatOnlyAnotherTrustAllowed() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);
        get(server, Fingerprint.of(certificate.getCertificate()));

        assertThatThrownBy(() -> get(server, "0".repeat(64))).hasRootCauseInstanceOf(CertificateNotPinned.class);

        assertThat(server.requests).as("what the server has read").hasSize(1);
    }

    /** The JDK keeps the names of one address apart, and we rely on it. */
    @ParameterizedTest
    @CsvSource({"localhost, 127.0.0.1", "127.0.0.1, localhost"})
    void requestIsNotSentOverAnIdleConnectionToAnotherNameOfTheSameServer(String one, String other) throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);
        var trusted = Fingerprint.of(certificate.getCertificate());

        assertThat(get(one, server, trusted).body()).isEqualTo("hello");
        assertThat(get(other, server, trusted).body()).isEqualTo("hello");

        assertThat(server.connections).hasValue(2);
    }

    @Test
    void requestIsNotSentOverAConnectionThatAnotherTrustIsUsingJustNow() throws Exception {
        var certificate = certificate(Duration.ofDays(1));
        var server = serve(certificate);
        server.answers = new CountDownLatch(1);
        var trusted = Fingerprint.of(certificate.getCertificate());
        var slow = CompletableFuture.supplyAsync(() -> get(server, trusted));
        await().until(() -> server.requests.size() == 1);

        assertThatThrownBy(() -> get(server, "0".repeat(64))).hasRootCauseInstanceOf(CertificateNotPinned.class);

        server.answers.countDown();
        assertThat(slow).succeedsWithin(Duration.ofSeconds(5));
        assertThat(server.requests).as("what the server has read").hasSize(1);
    }

    /** Answers every request with "hello", on connections that stay open. */
    private static final class Server {
        private final SSLServerSocket socket;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final AtomicInteger connections = new AtomicInteger();
        private volatile CountDownLatch answers = new CountDownLatch(0);

        Server(X509Bundle certificate) throws Exception {
            var context = SSLContext.getInstance("TLS");
            context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, new SecureRandom());
            socket = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            inBackground(this::accept);
        }

        private static void inBackground(Runnable work) {
            var thread = new Thread(work, "server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    var connection = (SSLSocket) socket.accept();
                    connections.incrementAndGet();
                    inBackground(() -> serve(connection));
                } catch (IOException e) {
                    // the end of the test
                    return;
                }
            }
        }

        private void serve(SSLSocket connection) {
            try (connection) {
                while (answer(connection)) {
                    // the next request on this connection
                }
            } catch (IOException e) {
                // a client that refuses the certificate
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean answer(SSLSocket connection) throws IOException, InterruptedException {
            var bytes = new byte[4096];
            var length = connection.getInputStream().read(bytes);
            if (length <= 0) {
                return false;
            }
            requests.add(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            answers.await();
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
    }
}
