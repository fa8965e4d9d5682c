package io.xenpatch.jar;

import io.xenpatch.database.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A database of its own on the tests' PostgreSQL server, for several services that share it. */
final class SharedDatabase implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static int count;

    private final JdbcConnectionDetails server = TestPostgres.shared();
    private final String name;
    private final Connection connection;

    SharedDatabase() throws SQLException {
        name = "several_" + ProcessHandle.current().pid() + "_" + ++count;
        try (Connection admin = connect(server.getJdbcUrl());
                var statement = admin.createStatement()) {
            statement.execute("create database " + name);
        }
        connection = connect(url());
    }

    /** What a service is told so that it works on this database. */
    Map<String, String> environment(String instance) {
        return Map.of(
                "SERVER_PORT", "0",
                "XENPATCH_INSTANCE", instance,
                "XENPATCH_POOL_ENCRYPTIONKEY", Base64.getEncoder().encodeToString(new byte[32]),
                "SPRING_DATASOURCE_URL", url(),
                "SPRING_DATASOURCE_USERNAME", String.valueOf(server.getUsername()),
                "SPRING_DATASOURCE_PASSWORD", String.valueOf(server.getPassword()));
    }

    /** The instance that claimed the only pool last, and when. */
    Optional<Claim> lastClaim() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select owner, expires_at from pool_lease where owner is not null")) {
            return row.next()
                    ? Optional.of(new Claim(
                            row.getString(1).substring(0, row.getString(1).indexOf('/')),
                            row.getTimestamp(2).toInstant().minus(LEASE)))
                    : Optional.empty();
        }
    }

    private String url() {
        return server.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, server.getUsername(), server.getPassword());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** @param instance its name */
    record Claim(String instance, Instant at) {}
}
