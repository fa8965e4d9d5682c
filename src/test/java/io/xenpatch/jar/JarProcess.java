package io.xenpatch.jar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A process of the jar. What it prints goes to two files, which stay for whoever wants to know why a test failed. */
final class JarProcess {
    /** Enough for a start while other builds use the machine; an idle one needs a tenth. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Process process;
    private final Path out;
    private final Path err;

    JarProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed on standard output so far. */
    String output() {
        return read(out);
    }

    /** What it printed on standard error so far. */
    String errors() {
        return read(err);
    }

    /** The lines of {@link #errors()}. */
    List<String> errorLines() {
        return errors().lines().toList();
    }

    /** Waits until it has printed something like this. Fails at once when it ends without. */
    MatchResult awaitOutput(Pattern pattern) {
        awaitThat("it prints " + pattern, () -> pattern.matcher(output()).find() || !isAlive());
        var found = pattern.matcher(output());
        if (!found.find()) {
            throw new AssertionError("The process ended without printing " + pattern + story());
        }
        return found.toMatchResult();
    }

    /** Waits for the end. */
    int exitCode() {
        awaitThat("it ends", () -> !isAlive());
        return process.exitValue();
    }

    /** SIGKILL: it gets no chance to clean up. Returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM: it is asked to end. */
    void terminate() {
        process.destroy();
    }

    /** Kills it if need be, and waits only as long as that takes. */
    void end() {
        try {
            if (!process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Process " + pid() + " can't be ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitThat(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            await(what).atMost(PATIENCE).pollInterval(LOOK_EVERY).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + story(), e);
        }
    }

    private String story() {
        return "\n--- it said:\n" + output() + "\n--- and complained:\n" + errors();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
