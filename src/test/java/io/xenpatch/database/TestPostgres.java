package io.xenpatch.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.FileSystemUtils;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one place that chooses what the tests run on: a container where a Docker engine answers, the embedded server elsewhere.
 * {@code -Dit.postgres=docker|embedded|auto} forces it. One server a JVM.
 */
public final class TestPostgres {
    private static final String IMAGE = "postgres:18-alpine";

    private TestPostgres() {}

    /** The same server, with the same database, for the whole JVM. */
    public static JdbcConnectionDetails shared() {
        return Shared.DETAILS;
    }

    private static JdbcConnectionDetails choose() {
        var wanted = System.getProperty("it.postgres", "auto").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "docker" -> container();
            case "embedded" -> embedded();
            case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
            default -> throw new IllegalArgumentException("it.postgres must be docker, embedded or auto: " + wanted);
        };
    }

    private static JdbcConnectionDetails container() {
        @SuppressWarnings("resource") // Testcontainers ends it with the JVM
        var container = new PostgreSQLContainer(IMAGE);
        container.start();
        System.out.println("Integration tests run on a PostgreSQL container (" + IMAGE + ")");
        return new Details(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    private static JdbcConnectionDetails embedded() {
        var directory = newDirectory();
        var server =
                EmbeddedPostgres.start(directory, Path.of("target", "postgres").toAbsolutePath(), FAST);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
        System.out.println("Integration tests run on an embedded PostgreSQL");
        return new Details(server.jdbcUrl(), EmbeddedPostgres.USER, server.password());
    }

    /** What a test database may forget when the machine loses power. */
    static final List<String> FAST = List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("xenpatch-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(EmbeddedPostgres server, Path directory) {
        try {
            server.close();
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final JdbcConnectionDetails DETAILS = choose();
    }

    private record Details(String getJdbcUrl, String getUsername, String getPassword)
            implements JdbcConnectionDetails {}
}
