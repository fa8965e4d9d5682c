package io.xenpatch.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the demo prints: bars that grow on a terminal, a line for every change elsewhere. */
final class Screen {
    private static final String ROW = "  %-20s [%s] %s";
    private static final int CELLS = 16;
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final Instant startedAt;
    private final Map<String, String> said = new HashMap<>();
    private int drawn;

    Screen(PrintStream out, boolean terminal, Instant startedAt) {
        this.out = out;
        this.terminal = terminal;
        this.startedAt = startedAt;
    }

    /** Standard output; times count from the start of the process. */
    static Screen ofProcess() {
        return new Screen(
                System.out,
                isTerminal(System.console()),
                ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void timed(String text) {
        line(time() + " " + text);
    }

    /** Shows how far hosts are, in place of what was shown by the last call. */
    void progress(List<Bar> bars) {
        if (terminal) {
            draw(bars);
        } else {
            bars.stream().filter(this::isNews).forEach(bar -> timed("%-20s %s".formatted(bar.name(), bar.text())));
        }
    }

    private void draw(List<Bar> bars) {
        var lines = new ArrayList<String>();
        if (drawn > 0) {
            lines.add("\033[" + drawn + "A");
        }
        for (var bar : bars) {
            var row = ROW.formatted(bar.name(), bar.cells(CELLS), bar.text());
            lines.add("\033[2K" + (row.length() > WIDTH ? row.substring(0, WIDTH) : row) + "\n");
        }
        drawn = bars.size();
        out.print(String.join("", lines));
        out.flush();
    }

    private boolean isNews(Bar bar) {
        return bar.begun() && !bar.text().equals(said.put(bar.name(), bar.text()));
    }

    private String time() {
        var seconds = Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
        return String.format(Locale.ROOT, "%6.1f s", seconds);
    }

    /** From JDK 22 on a console exists without a terminal too, and says which by a method that JDK 17 lacks. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderThan22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One host's progress.
     *
     * @param begun whether anything happened yet
     * @param done of {@code total} steps
     */
    record Bar(String name, boolean begun, int done, int total, String text) {

        String cells(int count) {
            var full = total == 0 ? 0 : count * Math.min(done, total) / total;
            return "#".repeat(full) + ".".repeat(count - full);
        }
    }
}
