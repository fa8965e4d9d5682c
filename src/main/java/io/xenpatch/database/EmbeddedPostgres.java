package io.xenpatch.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of our own in a directory: made on the first start, found again on later ones. Listens on 127.0.0.1 only,
 * with a generated password. A server that outlived its service ({@code kill -9}) is adopted as it is.
 */
final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "xenpatch";
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String DATABASE = "xenpatch";
    private static final int PORT_ATTEMPTS = 3;
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=60",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // above error: a failed statement is reported by the service, and might be quoted here with what it holds
            "log_min_messages=log");

    private final Path directory;
    private final Path cluster;
    private final Programs programs;
    private final String password;
    private final int port;
    private final boolean adopted;

    private EmbeddedPostgres(Path directory, Programs programs, List<String> settings)
            throws IOException, SQLException {
        this.directory = directory;
        this.cluster = directory.resolve("postgres");
        this.programs = programs;
        this.password = password(directory.resolve("postgres-password"));
        var running = orphan();
        this.adopted = running.isPresent();
        if (adopted) {
            this.port = running.get().port();
            log.info("Adopted the PostgreSQL server {} of {}", running.get().pid(), cluster);
        } else {
            makeCluster();
            this.port = startServer(settings);
        }
        try {
            makeDatabase();
        } catch (SQLException e) {
            if (!adopted) {
                close();
            }
            throw e;
        }
    }

    /**
     * Starts the server, or adopts it.
     *
     * @param directory the data directory; the caller holds its lock
     * @param binaries where the programs are unpacked; may be shared
     * @param settings further {@code name=value} settings of the server
     */
    static EmbeddedPostgres start(Path directory, Path binaries, List<String> settings) {
        try {
            OwnerOnly.directory(directory);
            var programs = new Programs(PostgresBinaries.in(binaries), directory.resolve("postgres-programs.log"));
            return new EmbeddedPostgres(directory, programs, settings);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL in " + directory + " did not start", e);
        }
    }

    String jdbcUrl() {
        return jdbcUrl(port, DATABASE);
    }

    String password() {
        return password;
    }

    /** Whether the server ran already. */
    boolean isAdopted() {
        return adopted;
    }

    /** Ends the server; every transaction that did not commit is rolled back. */
    @Override
    public void close() throws IOException {
        programs.run("pg_ctl", List.of("stop", "-w", "-m", "fast", "-D", cluster.toString()));
    }

    private Optional<PostmasterFile> orphan() throws IOException {
        var file = PostmasterFile.in(cluster);
        if (file.isEmpty()) {
            return file;
        }
        if (!file.get().isAlive()) {
            // its number may belong to another program by now, and PostgreSQL would then not dare to start
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
            return Optional.empty();
        }
        try (var connection = connect(file.get().port(), "postgres");
                var result = connection.createStatement().executeQuery("show data_directory")) {
            return result.next() && cluster.toString().equals(result.getString(1)) ? file : Optional.empty();
        } catch (SQLException e) {
            log.warn(
                    "A PostgreSQL server runs as process {} but does not let us in",
                    file.get().pid(),
                    e);
            return Optional.empty();
        }
    }

    private void makeCluster() throws IOException {
        if (Files.isDirectory(cluster)) {
            return;
        }
        var unfinished = directory.resolve("postgres.unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        programs.run(
                "initdb",
                List.of(
                        "-D",
                        unfinished.toString(),
                        "--username=" + USER,
                        "--pwfile=" + directory.resolve("postgres-password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync",
                        "--no-instructions"));
        Files.move(unfinished, cluster);
    }

    private int startServer(List<String> settings) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int candidate = freePort();
            var options = new ArrayList<String>();
            SETTINGS.forEach(setting -> options.add("-c " + setting));
            settings.forEach(setting -> options.add("-c " + setting));
            options.add("-p " + candidate);
            try {
                // pg_ctl gives the server its own session: Ctrl-C on ours must not reach it
                programs.run(
                        "pg_ctl",
                        List.of(
                                "start",
                                "-w",
                                "-D",
                                cluster.toString(),
                                "-l",
                                directory.resolve("postgres.log").toString(),
                                "-o",
                                String.join(" ", options)));
                return candidate;
            } catch (IOException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e;
                }
                log.warn("PostgreSQL did not start on port {}, trying another", candidate, e);
            }
        }
    }

    private void makeDatabase() throws SQLException {
        try (var connection = connect(port, "postgres");
                var statement = connection.createStatement()) {
            var known = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'");
            if (!known.next()) {
                statement.executeUpdate("create database " + DATABASE);
            }
        }
    }

    private Connection connect(int port, String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", "10");
        // not DriverManager: it looks for drivers with the thread's class loader, which in a pool thread does not see
        // the jar's
        var connection = new Driver().connect(jdbcUrl(port, database), properties);
        if (connection == null) {
            throw new SQLException("The driver does not take " + jdbcUrl(port, database));
        }
        return connection;
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var random = new byte[24];
            new SecureRandom().nextBytes(random);
            OwnerOnly.file(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
