package io.xenpatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The PostgreSQL server that the first instance started in its data directory. It lives on when that instance is killed. */
record Database(Path directory) {
    private static final int PORT_LINE = 3;

    static Database of(Path directory) {
        return new Database(directory);
    }

    /** How a second instance reaches it. */
    Map<String, String> environment() throws IOException {
        var port = Files.readAllLines(pidFile()).get(PORT_LINE).strip();
        return Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/xenpatch",
                "SPRING_DATASOURCE_USERNAME", "xenpatch",
                "SPRING_DATASOURCE_PASSWORD", Files.readString(directory.resolve("postgres-password")).strip());
    }

    private Path pidFile() {
        return directory.resolve("postgres").resolve("postmaster.pid");
    }

    /** Ends it if it still runs; its program lies in the directory, so it can't be somebody else's. */
    void end() throws IOException {
        if (Files.exists(pidFile())) {
            var pid = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
            Optional.of(pid)
                    .flatMap(ProcessHandle::of)
                    .filter(process -> process.info().command().filter(program -> program.startsWith(directory + "/")).isPresent())
                    .ifPresent(ProcessHandle::destroy);
        }
    }
}
