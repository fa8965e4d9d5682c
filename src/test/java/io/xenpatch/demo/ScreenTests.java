package io.xenpatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTests {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void printsALineOnlyForNewsWhereThereIsNoTerminal() {
        var screen = screen(false);

        screen.progress(List.of(new Screen.Bar("host-1", false, 0, 4, "waits its turn")));
        screen.progress(List.of(new Screen.Bar("host-1", true, 1, 4, "apply update")));
        screen.progress(List.of(new Screen.Bar("host-1", true, 1, 4, "apply update")));
        screen.progress(List.of(new Screen.Bar("host-1", true, 4, 4, "live patched")));

        assertThat(text().lines()).hasSize(2).allMatch(line -> line.contains("host-1"));
        assertThat(text()).doesNotContain("\033");
    }

    @Test
    void drawsBarsOverTheFormerOnesOnATerminal() {
        var screen = screen(true);

        screen.progress(List.of(new Screen.Bar("host-1", true, 1, 4, "apply update")));
        screen.progress(List.of(new Screen.Bar("host-1", true, 4, 4, "live patched")));

        assertThat(text()).contains("[####............] apply update").contains("\033[1A");
        assertThat(text()).contains("[################] live patched");
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, Instant.now());
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
