package io.xenpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tests that documents name as {@code `room/SomeTests#testsSomething`}. */
final class NamedTests {
    private static final Pattern NAMED = Pattern.compile("`(\\w[\\w/]*(?:Tests?|Contract))#(\\w+)`");

    private NamedTests() {}

    static Stream<String> in(Path document) throws IOException {
        return in(Files.readString(document));
    }

    static Stream<String> in(String text) {
        return NAMED.matcher(text)
                .results()
                .map(found -> found.group(1) + "#" + found.group(2))
                .distinct();
    }

    /** The lines of a document's table of which the first cell begins like this. */
    static Stream<String> rows(Path document, String first) throws IOException {
        return Files.readString(document).lines().filter(line -> line.matches("\\| " + first + ".*"));
    }

    static String cell(String row, int column) {
        return row.split("\\|", -1)[column];
    }

    /** @param reasons what a cell without a test may begin with */
    static void assertHasATestOrAReason(String row, int column, String reasons) {
        var cell = cell(row, column);

        assertThat(in(cell).findAny().isPresent() || cell.matches(" (?:" + reasons + "): .{20,}"))
                .as(row)
                .isTrue();
    }

    static void assertIsThere(String name) {
        var parts = name.split("#", -1);

        assertThat(Path.of("src/test/java/io/xenpatch", parts[0] + ".java"))
                .content()
                .contains(" " + parts[1] + "(");
    }
}
