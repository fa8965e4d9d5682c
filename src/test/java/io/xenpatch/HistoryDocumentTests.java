package io.xenpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/xencenter-history.md has a test that there is, or a reason, for every bug of xencenter.md §13.2. */
class HistoryDocumentTests {
    private static final Path DOCUMENT = Path.of("docs/xencenter-history.md");
    /** Lines of §13.2, of which one is two here. */
    private static final int BUGS = 24;

    static Stream<String> named() throws IOException {
        return NamedTests.in(DOCUMENT);
    }

    static Stream<String> bugs() throws IOException {
        return NamedTests.rows(DOCUMENT, "(CA|SCTX)-\\d");
    }

    @ParameterizedTest
    @MethodSource("named")
    void testIsThere(String name) {
        NamedTests.assertIsThere(name);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void bugHasATestOrAReason(String line) {
        NamedTests.assertHasATestOrAReason(line, 3, "Can't occur");
    }

    @Test
    void everyBugIsThereOnce() throws IOException {
        assertThat(bugs().map(line -> NamedTests.cell(line, 1))).hasSize(BUGS).doesNotHaveDuplicates();
    }
}
