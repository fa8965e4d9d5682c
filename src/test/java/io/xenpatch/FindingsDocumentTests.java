package io.xenpatch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/findings.md names tests that there are. */
class FindingsDocumentTests {

    static Stream<String> named() throws IOException {
        return NamedTests.in(Path.of("docs/findings.md"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void testIsThere(String name) {
        NamedTests.assertIsThere(name);
    }
}
