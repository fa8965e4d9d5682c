package io.xenpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/xencenter-defects.md has a test that there is, a reason, or what is missing, for every gap of xencenter.md §13.1. */
class DefectsDocumentTests {
    private static final Path DOCUMENT = Path.of("docs/xencenter-defects.md");
    private static final int GAPS = 36;

    static Stream<String> named() throws IOException {
        return NamedTests.in(DOCUMENT);
    }

    static Stream<String> gaps() throws IOException {
        return NamedTests.rows(DOCUMENT, "XC-\\d");
    }

    @ParameterizedTest
    @MethodSource("named")
    void testIsThere(String name) {
        NamedTests.assertIsThere(name);
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void gapHasATestOrAReasonOrIsOpen(String line) {
        NamedTests.assertHasATestOrAReason(line, 3, "Can't occur|Open");
    }

    @Test
    void everyGapIsThereInOrder() throws IOException {
        assertThat(gaps().map(line -> NamedTests.cell(line, 1).strip()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, GAPS)
                        .mapToObj(gap -> "XC-" + gap)
                        .toList());
    }
}
