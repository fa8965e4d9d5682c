package io.xenpatch.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a running server left in {@code postmaster.pid}.
 *
 * @param pid of the server, if it still runs
 */
record PostmasterFile(long pid, int port) {

    static Optional<PostmasterFile> in(Path cluster) throws IOException {
        var file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(file);
        return lines.size() < 4
                ? Optional.empty() // written a moment ago and not complete
                : Optional.of(new PostmasterFile(
                        Long.parseLong(lines.get(0).strip()),
                        Integer.parseInt(lines.get(3).strip())));
    }

    /** Whether the process with this number is a PostgreSQL server; after a reboot of the machine it may be anything. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }
}
