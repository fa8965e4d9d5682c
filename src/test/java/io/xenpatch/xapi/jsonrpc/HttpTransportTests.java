package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.xenpatch.egress.Egress;
import io.xenpatch.egress.EgressProperties;
import io.xenpatch.egress.LimitedBody;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the transport does with answers that have no end, and with those of strangers. */
class HttpTransportTests {

    @Test
    void answerWhoseBodyDoesNotEndIsLostWhenTheTimeIsOverAndItsConnectionIsClosed() throws IOException {
        try (var egress = new Egress(new EgressProperties(Duration.ofSeconds(30)));
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closed = CompletableFuture.supplyAsync(() -> answersWithoutEnd(socket));

            var answer = new HttpTransport(egress)
                    .send(
                            new Endpoint("127.0.0.1", socket.getLocalPort(), false),
                            Set.of(),
                            "{}".getBytes(StandardCharsets.US_ASCII),
                            Duration.ofSeconds(1));

            assertThat(catchThrowable(answer::join))
                    .hasCauseInstanceOf(XapiFailure.AnswerLost.class)
                    .hasMessageEndingWith("not in time");
            assertThat(closed).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        }
    }

    /** Head and half a body, and then nothing more. @return whether the client hung up */
    private static boolean answersWithoutEnd(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            var in = connection.getInputStream();
            var seen = 0;
            while (seen != -1 && seen != '}') {
                seen = in.read();
            }
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
            return in.read() == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void documentThatIsLongerThanItMayBeIsLostAndItsConnectionIsClosed() throws IOException {
        try (var egress = new Egress(new EgressProperties(Duration.ofSeconds(30)));
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closed = CompletableFuture.supplyAsync(() -> writesWithoutEnd(socket));
            var session = new Session(new Endpoint("127.0.0.1", socket.getLocalPort(), false), "OpaqueRef:session");
            var fetch = new Fetch<>("/updates", 1000, "NONE", parser -> "", Deadline.in(Duration.ofSeconds(30)));

            var document = new HttpTransport(egress).fetch(session, Set.of(), fetch);

            assertThat(catchThrowable(document::join))
                    .hasCauseInstanceOf(XapiFailure.AnswerLost.class)
                    .hasMessageContaining("more than 1000 bytes");
            assertThat(closed).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true);
        }
    }

    /** A body that goes on for as long as somebody listens. @return whether the client hung up */
    private static boolean writesWithoutEnd(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            var out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (var piece = 0; piece < 100_000; piece++) {
                out.write(new byte[1000]);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void answerOfAStrangerIsNotBelievedAndTheCallMayHaveHappened() {
        var endpoint = new Endpoint("pool", 443, true);

        HttpTransport.judge(endpoint, Set.of("right"), "right");
        assertThatExceptionOfType(XapiFailure.CertificateRefused.class)
                .isThrownBy(() -> HttpTransport.judge(endpoint, Set.of("right"), "wrong"))
                .satisfies(refused -> {
                    assertThat(refused.presented()).isEqualTo("wrong");
                    assertThat(refused.mayHaveHappened()).isTrue();
                });
    }

    @Test
    void answerThatIsLongerThanAnyPoolsIsGivenUp() {
        var body = new LimitedBody(3);
        var cancelled = new AtomicBoolean();
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                // a test's server sends what it likes
            }

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });

        body.onNext(List.of(ByteBuffer.allocate(3)));
        assertThat(cancelled).isFalse();
        body.onNext(List.of(ByteBuffer.allocate(1)));

        assertThat(cancelled).isTrue();
        assertThatThrownBy(() -> body.getBody().toCompletableFuture().join()).hasCauseInstanceOf(IOException.class);
    }
}
