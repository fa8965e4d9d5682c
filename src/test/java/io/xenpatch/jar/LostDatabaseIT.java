package io.xenpatch.jar;

import static io.xenpatch.simulator.JournalAction.APPLY;
import static io.xenpatch.simulator.JournalAction.REBOOT_FINISHED;
import static io.xenpatch.simulator.JournalAction.REBOOT_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.PoolDescription.HostDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The database stops answering in the middle of a job, as one does whose machine hangs or that a network no longer reaches. {@code
 * TroubleTests} has every moment of it, in virtual time.
 */
@NeedsJar
class LostDatabaseIT {
    private static final Duration SOON = Duration.ofSeconds(12);

    @AutoClose
    private final Jar jar = new Jar(LostDatabaseIT.class);

    @Test
    void aFrozenDatabaseIsToldInTimeAndTheJobGoesOnWhenItIsBack() {
        Path data = jar.newDataDirectory();
        // seconds, so that the test need not wait as long as a service may
        var starting = jar.start(
                Map.of("SERVER_PORT", "0", "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SOCKETTIMEOUT", "3"), data);
        var pool = jar.simulate("--speed", "60", "--hosts", "2", "--vms", "1");
        var service = RunningService.ready(starting);
        String uuid = service.register(pool.pool());
        var homes = service.guestsOf(uuid);
        String job = service.startJob(uuid, service.image(uuid, "REBOOT"));
        pool.awaitEntry("the coordinator reboots", entry -> entry.action() == REBOOT_STARTED);

        Server database = Server.of(data);
        database.freeze();
        Instant frozen = Instant.now();
        try {
            assertThat(service.status("/api/v1/update-jobs/" + job)).isEqualTo(503);
            assertThat(Duration.between(frozen, Instant.now())).isLessThan(SOON);
            assertThat(service.isReady()).isFalse();
            pool.awaitEntry("the coordinator boots meanwhile", entry -> entry.action() == REBOOT_FINISHED);
        } finally {
            database.thaw();
        }

        await("the job ends")
                .atMost(JarProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() ->
                        !service.get("/update-jobs/" + job).get("finishedAt").isNull());
        assertThat(service.get("/update-jobs/" + job).get("state").stringValue())
                .isEqualTo("SUCCEEDED");
        List<String> all =
                pool.pool().hosts().stream().map(HostDescription::uuid).toList();
        assertThat(pool.hosts(APPLY)).containsExactlyElementsOf(all);
        assertThat(pool.hosts(REBOOT_STARTED)).containsExactlyElementsOf(all);
        await("the inventory shows everybody at home")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(service.guestsOf(uuid)).isEqualTo(homes));
        assertThat(service.isReady()).isTrue();
    }

    /** A PostgreSQL server with all of its processes. */
    private record Server(List<ProcessHandle> processes) {

        static Server of(Path data) {
            ProcessHandle postmaster = DatabaseProcess.of(data).orElseThrow();
            return new Server(Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList());
        }

        void freeze() {
            signal("STOP");
        }

        void thaw() {
            signal("CONT");
        }

        private void signal(String name) {
            processes.forEach(process -> {
                try {
                    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                            .start()
                            .waitFor();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}
