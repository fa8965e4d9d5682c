package io.xenpatch.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of a data directory and of the PostgreSQL server in it. The tests share them, because starts are what takes the time;
 * each starts a service itself if the one before left none.
 */
@NeedsJar
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedDatabaseIT {
    private static final int SIGTERM = 128 + 15;

    @AutoClose
    private static final Jar JAR = new Jar(EmbeddedDatabaseIT.class);

    private static final Path DATA = JAR.newDataDirectory();
    private static @Nullable RunningService last;

    @Test
    @Order(1)
    void refusesASecondServiceOnTheSameDataDirectoryWithCode2AndOneSentence() {
        var first = service();

        var second = JAR.start(Map.of("SERVER_PORT", "0"), DATA);

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output())
                .contains("The data directory " + DATA + " is in use by another Xenpatch service (process "
                        + first.process().pid() + ").")
                .doesNotContain("\tat ");
        assertThat(first.isReady()).isTrue();
    }

    @Test
    @Order(2)
    void takesOverTheDatabaseOfAKilledServiceWithEverythingInIt() {
        var simulator = JAR.simulate("--speed", "1", "--hosts", "1", "--vms", "0");
        var killed = service();
        var pool = killed.register(simulator.pool());
        killed.process().kill();
        var orphan = DatabaseProcess.of(DATA).orElseThrow();

        var next = service();

        assertThat(DatabaseProcess.of(DATA)).contains(orphan);
        assertThat(next.items("/pools"))
                .extracting(known -> known.get("uuid").stringValue())
                .containsExactly(pool);
        // only with the credentials that it decrypts can it connect
        await("the pool is watched again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> next.get("/pools/" + pool)
                        .get("connection")
                        .get("state")
                        .stringValue()
                        .equals("CONNECTED"));
    }

    @Test
    @Order(3)
    void endsItsDatabaseInGoodOrderWhenItIsAskedToEnd() throws IOException {
        var service = service();
        var database = DatabaseProcess.of(DATA).orElseThrow();

        service.process().terminate();

        assertThat(service.process().exitCode()).isEqualTo(SIGTERM);
        // it says that it is down a moment before its process is gone
        await("the database is gone").atMost(Duration.ofSeconds(10)).until(() -> !database.isAlive());
        assertThat(Files.readString(DATA.resolve("postgres.log"))).endsWith("database system is shut down\n");
        assertThat(service.process().output()).doesNotContain(" ERROR ").doesNotContain("\tat ");
    }

    @Test
    @Order(4)
    void leavesNoDatabaseBehindWhenItsStartFails() {
        if (last != null) {
            last.process().kill();
            DatabaseProcess.end(DATA);
        }

        var failing = JAR.start(Map.of("SERVER_PORT", "none"), DATA);

        assertThat(failing.exitCode()).isEqualTo(1);
        assertThat(failing.output()).contains("server.port");
        assertThat(DatabaseProcess.of(DATA)).isEmpty();
    }

    private static RunningService service() {
        if (last == null || !last.process().isAlive()) {
            last = JAR.serve(DATA);
        }
        return Objects.requireNonNull(last);
    }
}
