package io.xenpatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final Path BINARIES = Path.of("target", "postgres").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void keepsItsDataOverARestart() throws Exception {
        try (var server = start()) {
            execute(server, "create table kept (n int)");
        }
        try (var server = start()) {
            assertThat(server.isAdopted()).isFalse();
            execute(server, "insert into kept values (1)");
        }
    }

    @Test
    void adoptsAServerThatOutlivedItsService() throws Exception {
        var orphan = start();
        execute(orphan, "create table kept (n int)");

        try (var server = start()) {
            assertThat(server.isAdopted()).isTrue();
            assertThat(server.jdbcUrl()).isEqualTo(orphan.jdbcUrl());
            execute(server, "insert into kept values (1)");
        }
    }

    @Test
    void recoversWhenTheServerWasKilledToo() throws Exception {
        var killed = start();
        execute(killed, "create table kept (n int)");
        var process = ProcessHandle.of(PostmasterFile.in(directory.resolve("postgres"))
                        .orElseThrow()
                        .pid())
                .orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());

        try (var server = start()) {
            assertThat(server.isAdopted()).isFalse();
            execute(server, "insert into kept values (1)");
        }
    }

    @Test
    void startsAnewWhenTheFirstStartWasCutShort() throws Exception {
        Files.createDirectories(directory.resolve("postgres.unfinished/base"));

        try (var server = start()) {
            execute(server, "select 1");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (var server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(permissions("postgres-password")).isEqualTo("rw-------");
            assertThat(permissions("")).isEqualTo("rwx------");
            assertThat(Files.readString(directory.resolve("postgres/pg_hba.conf")))
                    .doesNotContainPattern("(?m)^(host|local).*trust");
        }
    }

    @Test
    void refusesASecondServiceOnTheSameDirectory() throws Exception {
        try (var lock = DataDirectoryLock.take(directory)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> DataDirectoryLock.take(directory))
                    .isInstanceOfSatisfying(
                            DataDirectoryInUse.class,
                            e -> assertThat(e.getExitCode()).isEqualTo(2))
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectoryLock.take(directory).close();
    }

    private EmbeddedPostgres start() {
        // these tests kill processes, not machines: what the server has handed to the system is safe
        return EmbeddedPostgres.start(directory, BINARIES, List.of("fsync=off"));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
