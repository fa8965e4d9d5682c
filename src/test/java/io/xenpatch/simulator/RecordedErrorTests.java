package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Errors look in both versions of JSON-RPC as a real server's look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedErrorTests {
    private static final String V2_SESSION = "OpaqueRef:da63a2e2-52ad-0f57-e4ea-7b259d4c8640";
    private static final String V1_SESSION = "OpaqueRef:2a61f404-da14-366a-7ccd-44ec67719192";

    /** Errors that depend on no state of a pool: they are compared word by word, not only by their shape. */
    private static final Set<String> STATELESS = Set.of(
            "003", "004", "005", "007", "009", "011", "012", "013", "015", "016", "017", "018", "019", "050", "052",
            "106", "129", "130", "131");

    private final Simulator simulator = Simulator.start(
            Scenario.of(Scenario.pool("errors")), SimulatorSettings.manual(new ManualClock(Instant.EPOCH)));
    private SimulatedClient client = SimulatedClient.of(simulator.pools().get(0));

    @BeforeAll
    void login() {
        client = SimulatedClient.of(simulator.pools().get(0));
    }

    @AfterAll
    void close() {
        simulator.close();
    }

    static Stream<Recording> recordedErrors() {
        return Stream.concat(
                Stream.of("jsonrpc1", "jsonrpc2")
                        .flatMap(Recording::all)
                        .filter(recording -> STATELESS.contains(recording.number())),
                Stream.of(Recording.read("jsonrpc2", "150-pool-update-introduce-bad-vdi")));
    }

    @ParameterizedTest
    @MethodSource("recordedErrors")
    void answersLikeRealServer(Recording recorded) {
        var ours = recorded.with(V2_SESSION, client.session()).with(V1_SESSION, client.session());
        var mapper = JsonMapper.builder().build();

        assertThat(client.post(ours.requestBody())).isEqualTo(mapper.readTree(ours.responseBody()));
    }
}
