package io.xenpatch.jar;

import static io.xenpatch.simulator.JournalAction.APPLY;
import static io.xenpatch.simulator.JournalAction.REBOOT_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two instances on one database are replaced one after the other while a job runs: nothing is lost, nothing is done twice. */
@NeedsJar
class SeveralInstancesIT {
    private static final int SIGTERM = 128 + 15;

    @AutoClose
    private final Jar jar = new Jar(SeveralInstancesIT.class);

    @Test
    void aRollingRestartOfTwoInstancesUnderARunningJobLosesNothing() throws Exception {
        try (SharedDatabase database = new SharedDatabase()) {
            RunningService first = start(database, "first");
            RunningService second = start(database, "second");
            RunningPool pool = jar.simulate("--speed", "60", "--hosts", "3", "--vms", "1");
            String uuid = first.register(pool.pool());
            var homes = first.guestsOf(uuid);
            // long enough for the third instance to start meanwhile
            pool.inject(
                    "HOST_RETURNS_LATE",
                    Map.of("hostUuid", pool.pool().hosts().get(1).uuid(), "for", "PT25M"));
            String job = first.startJob(uuid, first.image(uuid, "REBOOT"));

            pool.awaitEntry("the first reboot", entry -> entry.action() == REBOOT_STARTED);
            first.process().terminate();
            assertThat(first.process().exitCode()).isEqualTo(SIGTERM);
            RunningService third = start(database, "third");
            awaitReboots(pool, 2);
            second.process().terminate();
            assertThat(second.process().exitCode()).isEqualTo(SIGTERM);

            await("the job ends")
                    .atMost(JarProcess.PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() ->
                            !third.get("/update-jobs/" + job).get("finishedAt").isNull());
            assertThat(third.get("/update-jobs/" + job).get("state").stringValue())
                    .isEqualTo("SUCCEEDED");
            List<String> all =
                    pool.pool().hosts().stream().map(host -> host.uuid()).toList();
            assertThat(pool.hosts(APPLY)).containsExactlyElementsOf(all);
            assertThat(pool.hosts(REBOOT_STARTED)).containsExactlyElementsOf(all);
            await("everybody is at home")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(third.guestsOf(uuid)).isEqualTo(homes));
            for (RunningService stopped : List.of(first, second)) {
                assertThat(stopped.process().output())
                        .contains(
                                "1 pool update(s) are unfinished",
                                "pool " + pool.pool().name() + ": RUNNING")
                        .doesNotContain(" ERROR ");
            }
        }
    }

    private RunningService start(SharedDatabase database, String instance) {
        Path data = jar.newDataDirectory();
        return RunningService.ready(jar.start(database.environment(instance), data));
    }

    private static void awaitReboots(RunningPool pool, int count) {
        await(count + " reboots")
                .atMost(JarProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> pool.hosts(REBOOT_STARTED).size() >= count);
    }
}
