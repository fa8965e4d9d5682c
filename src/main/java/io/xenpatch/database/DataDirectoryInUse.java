package io.xenpatch.database;

import java.nio.file.Path;
import org.springframework.boot.ExitCodeGenerator;

/** Two services can't share a data directory; the second one ends with code 2. */
final class DataDirectoryInUse extends RuntimeException implements ExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    DataDirectoryInUse(Path directory, String pid) {
        super("The data directory " + directory + " is in use by another Xenpatch service"
                + (pid.isEmpty() ? "" : " (process " + pid + ")") + ".");
    }

    @Override
    public int getExitCode() {
        return 2;
    }
}
