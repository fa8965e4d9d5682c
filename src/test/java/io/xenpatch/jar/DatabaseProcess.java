package io.xenpatch.jar;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/** The PostgreSQL server that a service started in its data directory. It lives on when the service is killed. */
final class DatabaseProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private DatabaseProcess() {}

    /** The server of this data directory, if one runs. Its program lies in the directory too, so it can't be somebody else's. */
    static Optional<ProcessHandle> of(Path dataDirectory) {
        var file = dataDirectory.resolve("postgres").resolve("postmaster.pid");
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process -> isIn(dataDirectory, process));
        } catch (java.nio.file.NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Path dataDirectory, ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(program -> program.startsWith(dataDirectory.toString() + "/"))
                        .isPresent();
    }

    /** Ends it, if one runs: asks first, so that it takes its children and its shared memory with it. */
    static void end(Path dataDirectory) {
        of(dataDirectory).ifPresent(server -> {
            server.destroy();
            try {
                await().atMost(PATIENCE).until(() -> !server.isAlive());
            } catch (ConditionTimeoutException deaf) {
                server.destroyForcibly();
                await().atMost(PATIENCE).until(() -> !server.isAlive());
            }
        });
    }
}
