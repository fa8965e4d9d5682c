package io.xenpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/findings.md names tests that there are. */
class FindingsDocumentTests {
    private static final Pattern NAMED = Pattern.compile("`(\\w[\\w/]*Tests)#(\\w+)`");

    static Stream<String> named() throws IOException {
        return NAMED.matcher(Files.readString(Path.of("docs/findings.md")))
                .results()
                .map(found -> found.group(1) + "#" + found.group(2))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("named")
    void testIsThere(String name) {
        var parts = name.split("#", -1);

        assertThat(Path.of("src/test/java/io/xenpatch", parts[0] + ".java"))
                .content()
                .contains(" " + parts[1] + "(");
    }
}
