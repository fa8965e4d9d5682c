package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.xapi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** XAPI refuses heads of more than 1024 bytes, and bodies without a length. */
class RequestHeadTests {

    @Test
    void headIsShortAndTellsTheLengthOfTheBody() throws IOException {
        try (var egress = new Egress(new EgressProperties(Duration.ofSeconds(2)));
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = CompletableFuture.supplyAsync(() -> receive(socket, "}"));

            var answer = new HttpTransport(egress)
                    .send(
                            new Endpoint("127.0.0.1", socket.getLocalPort(), false),
                            Set.of(),
                            "{\"body\":1}".getBytes(StandardCharsets.UTF_8),
                            Duration.ofSeconds(5));

            assertThat(answer.join().status()).isEqualTo(200);
            var head = request.join().substring(0, request.join().indexOf("\r\n\r\n") + 4);
            assertThat(head).hasSizeLessThan(512).startsWith("POST /jsonrpc HTTP/1.1\r\n");
            assertThat(head.toLowerCase(Locale.ROOT))
                    .contains("content-length: 10\r\n", "content-type: application/json\r\n")
                    .doesNotContain("transfer-encoding", "upgrade", "expect");
        }
    }

    @Test
    void sessionThatFetchesADocumentStandsInACookieAndNotInTheAddress() throws IOException {
        try (var egress = new Egress(new EgressProperties(Duration.ofSeconds(2)));
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = CompletableFuture.supplyAsync(() -> receive(socket, "\r\n\r\n"));
            var session = new Session(
                    new Endpoint("127.0.0.1", socket.getLocalPort(), false),
                    "OpaqueRef:da63a2e2-52ad-0f57-e4ea-7b259d4c8640");
            var fetch = new Fetch<>("/updates", 2, "NONE", parser -> "", Deadline.in(Duration.ofSeconds(5)));

            var document =
                    new HttpTransport(egress).fetch(session, Set.of(), fetch).join();

            assertThat(document.status()).isEqualTo(200);
            assertThat(document.body()).asString().isEqualTo("{}");
            assertThat(request.join()).hasSizeLessThan(512).startsWith("GET /updates HTTP/1.1\r\n");
            assertThat(request.join().lines())
                    .filteredOn(line -> line.contains("OpaqueRef"))
                    .containsExactly("Cookie: session_id=OpaqueRef:da63a2e2-52ad-0f57-e4ea-7b259d4c8640");
        }
    }

    private static String receive(ServerSocket socket, String end) {
        try (var connection = socket.accept()) {
            var text = new StringBuilder();
            while (!text.toString().endsWith(end)) {
                var bytes = new byte[2048];
                text.append(new String(bytes, 0, connection.getInputStream().read(bytes), StandardCharsets.ISO_8859_1));
            }
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.ISO_8859_1));
            return text.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
