package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/simulator.md} names everything there is. */
class DocumentationTests {

    static Stream<String> words() {
        return Stream.of(FaultKind.values(), JournalAction.values(), Stage.values())
                .flatMap(Arrays::stream)
                .map(Enum::name);
    }

    @ParameterizedTest
    @MethodSource("words")
    void names(String word) throws IOException {
        assertThat(Files.readString(Path.of("docs/simulator.md"))).containsPattern("\\b" + word + "\\b");
    }
}
