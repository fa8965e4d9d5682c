package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The HTTP level: what a real server did with good and bad requests, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpMannersTests {
    private static final int LOOKS = 200;
    private static final String RECORDED_SESSION = "OpaqueRef:14f8eb81-5bf3-1df7-a4db-b6e72e27052c";

    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("manners")),
            SimulatorSettings.manual(new ManualClock(Instant.EPOCH)).overPlainHttp());
    private final SimulatedClient client = SimulatedClient.of(simulator.pools().get(0));

    @AfterAll
    void close() {
        simulator.close();
    }

    static Stream<Recording> recorded() {
        return Recording.all("http");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void answersLikeRealServer(Recording recorded) throws IOException {
        var answer = exchange(recorded.with(RECORDED_SESSION, client.session()).request());

        assertThat(answer.lines().findFirst()).hasValue(recorded.statusLine());
        assertThat(Recording.headers(answer)).isEqualTo(Recording.headers(recorded.response()));
        if (!recorded.response().contains("Yojson") && recorded.statusLine().contains("500")) {
            assertThat(Recording.body(answer)).isEqualTo(recorded.responseBody());
        }
    }

    @Test
    void refusesHeadOverOneKilobyte() throws IOException {
        var request =
                "POST /jsonrpc HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(1015) + "\r\nContent-Length: 0\r\n\r\n";

        assertThat(exchange(request)).startsWith("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @Test
    void refusesBodyOverThreeHundredKilobytes() throws IOException {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[\"" + "a".repeat(310 * 1024) + "\"]}";
        var request = "POST /jsonrpc HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;

        assertThat(exchange(request)).startsWith("HTTP/1.1 500 Internal Error");
    }

    @Test
    void tellsAnErrorFromBeforeTheDispatcherAsBareArray() throws IOException {
        var answer = exchange(Recording.read("http", "042-invalid-utf8-in-body").request());

        assertThat(Recording.body(answer)).startsWith("{\"jsonrpc\":\"2.0\",\"error\":[\"INVALID_VALUE\"");
        assertThat(Recording.body(answer)).endsWith("\"id\":0}");
    }

    /** Sends raw bytes and reads the answer. */
    private String exchange(String request) throws IOException {
        var address = simulator.pools().get(0).address().split(":", -1);
        return new RawClient(address[0], Integer.parseInt(address[1]))
                .exchange(request, 1, LOOKS, () -> {}, () -> {})
                .orElseThrow();
    }
}
