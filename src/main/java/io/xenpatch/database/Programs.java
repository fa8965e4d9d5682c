package io.xenpatch.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root, so root runs them in a user namespace of their own, in which nobody
 * is root and its files are still its files.
 */
final class Programs {
    private static final long LIMIT_SECONDS = 60;
    private static final int ROOT = 0;

    private final PostgresBinaries binaries;
    private final Path output;

    /** @param output a file that takes what the programs say */
    Programs(PostgresBinaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
    }

    /** @throws IOException when it does not end with 0, with the last lines that it wrote */
    void run(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                .start();
        if (!endsWell(process)) {
            throw new IOException(
                    program + " failed: " + Files.readString(output).strip());
        }
    }

    private static boolean endsWell(Process process) {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == ROOT;
    }
}
