package io.xenpatch.xapi.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.xenpatch.xapi.Effect;
import io.xenpatch.xapi.Endpoint;
import io.xenpatch.xapi.XapiFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever a real server sent becomes a value, its own error, or an answer that is lost. */
class RecordedAnswerTests {
    private static final Path ROOT = Path.of("src/test/resources/real-xapi");
    private static final Call<JsonNode> CALL = new Call<>(
            "host.get_all",
            Effect.READ,
            List.of(),
            parser -> parser.readValueAsTree(),
            Deadline.in(Duration.ofMinutes(1)));
    private static final Session SESSION = new Session(new Endpoint("pool.example", 443, true), "OpaqueRef:s");

    /** Every answer of which a byte came; calls that hang are {@link LostAnswerTests}' business. */
    static Stream<Path> answers() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".response.http"))
                    .filter(file -> file.toFile().length() > 0)
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAdapterUnderstandsEveryRecordedResponse(Path stem) throws IOException {
        var answer = response(ROOT.resolve(stem));
        var text = new String(answer.body(), StandardCharsets.UTF_8);
        // one answer repeats bytes of its request that are no UTF-8, so it is no JSON: as good as none
        if (answer.status() != 200 || !text.startsWith("{") || text.contains("\uFFFD")) {
            assertThatExceptionOfType(XapiFailure.AnswerLost.class)
                    .isThrownBy(() -> Connection.read(CALL, SESSION, answer))
                    .satisfies(lost -> assertThat(lost.mayHaveHappened()).isTrue());
            return;
        }
        var recorded = JsonRpc.MAPPER.readTree(text);
        if (recorded.hasNonNull("error")) {
            assertThatExceptionOfType(XapiFailure.Refused.class)
                    .isThrownBy(() -> Connection.read(CALL, SESSION, answer))
                    .satisfies(refused -> {
                        assertThat(refused.code()).isEqualTo(words(recorded).get(0));
                        assertThat(refused.parameters())
                                .isEqualTo(words(recorded)
                                        .subList(1, words(recorded).size()));
                    });
        } else {
            assertThat(Connection.read(CALL, SESSION, answer)).isEqualTo(recorded.get("result"));
        }
    }

    private static List<String> words(JsonNode recorded) {
        var error = recorded.get("error");
        var listed = error.isArray() ? error : error.get("data");
        var words = StreamSupport.stream(listed.spliterator(), false).map(JsonNode::stringValue);
        return (error.isArray()
                        ? words
                        : Stream.concat(Stream.of(error.get("message").stringValue()), words))
                .toList();
    }

    private static JsonRpcTransport.Response response(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var start = text.indexOf("\r\n\r\n") + 4;
        var length = text.substring(0, start)
                .lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        var status = Integer.parseInt(text.substring(9, 12));
        return new JsonRpcTransport.Response(status, Arrays.copyOfRange(bytes, start, start + length));
    }
}
