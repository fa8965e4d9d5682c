package io.xenpatch.jar;

import static io.xenpatch.simulator.JournalAction.APPLY;
import static io.xenpatch.simulator.JournalAction.DISABLE;
import static io.xenpatch.simulator.JournalAction.ENABLE;
import static io.xenpatch.simulator.JournalAction.REBOOT_FINISHED;
import static io.xenpatch.simulator.JournalAction.REBOOT_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription.HostDescription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The service dies at the worst moments of a pool of each channel, and the next one finishes what it began without doing anything twice.
 * {@code DeathTests} kills between any two commits, in virtual time.
 */
@NeedsJar
class KilledServiceIT {
    private static final String SCENARIO = "src/test/resources/simulator/channels.yaml";
    /** An apply takes eight seconds of real time, a boot three. */
    private static final String SPEED = "60";
    /** Virtual: long enough for the next service to start while the coordinators are still away. */
    private static final String LATE = "PT9M";
    /** Virtual: longer than the service waits for an answer, so that it never learns of its call. */
    private static final String SLOW = "PT15M";

    private static final Map<String, ?> LATEST = Map.of("latest", true);

    @AutoClose
    private final Jar jar = new Jar(KilledServiceIT.class);

    @Test
    void appliesAndRebootsEveryHostOnceOnEveryChannelThoughItIsKilledDuringAppliesAndReboots() {
        var data = jar.newDataDirectory();
        var starting = jar.startService(data);
        var pools = RunningPool.ready(jar.startSimulator(3, "--speed", SPEED, "--scenario", SCENARIO));
        var service = RunningService.ready(starting);
        var images = Work.on(pools.get(0), service);
        var repository = Work.on(pools.get(1), service);
        var packages = Work.on(pools.get(2), service);
        var all = List.of(images, repository, packages);

        all.forEach(
                work -> work.pool().inject("HOST_RETURNS_LATE", Map.of("hostUuid", work.coordinator(), "for", LATE)));
        images.pool().inject("SLOW_ANSWER", Map.of("method", "pool_update.apply", "for", SLOW));
        repository.pool().inject("SLOW_ANSWER", Map.of("method", "host.apply_updates", "for", SLOW));
        var imagesJob = service.startJob(images.uuid(), service.image(images.uuid(), "REBOOT"));
        var repositoryJob = service.startJob(repository.uuid(), LATEST);
        var packagesJob = service.startJob(packages.uuid(), LATEST);
        images.pool().awaitTask("Async.pool_update.apply");
        repository.pool().awaitTask("Async.host.apply_updates");
        // the plugin alone proves nothing afterwards: its task does (R22)
        awaitTaskOfApply(service, packagesJob);
        service.process().kill();
        assertThat(all).allSatisfy(work -> assertThat(work.pool().hosts(APPLY)).isEmpty());

        service = jar.serve(data);
        all.forEach(
                work -> work.pool().awaitEntry("the coordinator reboots", entry -> entry.action() == REBOOT_STARTED));
        service.process().kill();
        assertThat(all).allSatisfy(work -> {
            assertThat(work.pool().hosts(REBOOT_STARTED)).containsExactly(work.coordinator());
            assertThat(work.pool().hosts(REBOOT_FINISHED)).isEmpty();
        });

        service = jar.serve(data);
        assertDoneOnce(service, images, imagesJob);
        assertDoneOnce(service, repository, repositoryJob);
        assertDoneOnce(service, packages, packagesJob);
    }

    private static void assertDoneOnce(RunningService service, Work work, String job) {
        assertSucceeded(service, job);
        work.assertDoneOnce();
        work.assertEverythingIsBack(service);
    }

    private static void awaitTaskOfApply(RunningService service, String job) {
        await("the apply has a task")
                .atMost(JarProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> service.items("/update-jobs/" + job + "/steps").stream()
                        .filter(step -> is(step, "type", "APPLY_UPDATE"))
                        .anyMatch(step -> !step.get("xapiTask").isNull()));
    }

    private static boolean is(JsonNode node, String field, String value) {
        return node.get(field).stringValue().equals(value);
    }

    /** With a history that tells of every step once. */
    private static void assertSucceeded(RunningService service, String job) {
        var path = "/update-jobs/" + job;
        await("the job ends")
                .atMost(JarProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> !service.get(path).get("finishedAt").isNull());
        assertThat(service.get(path).get("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(service.items(path + "/hosts"))
                .hasSize(2)
                .allMatch(host -> is(host, "outcome", "REBOOTED"))
                .allMatch(host -> !host.get("observedDecision").isNull());
        assertThat(service.items(path + "/steps"))
                .allSatisfy(step -> assertThat(step.get("finishedAt").isNull())
                        .as("%s has no end", step)
                        .isFalse())
                .filteredOn(step -> is(step, "type", "APPLY_UPDATE") || is(step, "type", "REBOOT"))
                .hasSize(4)
                .allMatch(step -> step.get("attempts").intValue() == 1);
    }

    /** A pool that is updated, and how it was before. */
    private record Work(RunningPool pool, String uuid, Map<String, String> homes) {

        static Work on(RunningPool pool, RunningService service) {
            var uuid = service.register(pool.pool());
            var homes = service.guestsOf(uuid);
            assertThat(homes).hasSize(4);
            return new Work(pool, uuid, homes);
        }

        String coordinator() {
            return pool.coordinator();
        }

        void assertDoneOnce() {
            var inOrder =
                    pool.pool().hosts().stream().map(HostDescription::uuid).toList();
            assertThat(pool.hosts(APPLY)).containsExactlyElementsOf(inOrder);
            assertThat(pool.hosts(REBOOT_STARTED)).containsExactlyElementsOf(inOrder);
            assertThat(pool.hosts(REBOOT_FINISHED)).containsExactlyElementsOf(inOrder);
            assertThat(mostAwayAtOnce(pool.journal())).isEqualTo(1);
        }

        void assertEverythingIsBack(RunningService service) {
            // the inventory follows the pool with a delay
            await("every guest is at home and every host takes guests")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        assertThat(service.guestsOf(uuid)).isEqualTo(homes);
                        assertThat(service.items("/hosts?poolUuid=" + uuid))
                                .hasSize(2)
                                .allMatch(host -> host.get("enabled").booleanValue());
                    });
        }

        private static int mostAwayAtOnce(List<JournalEntry> journal) {
            var away = new HashSet<String>();
            var most = 0;
            for (var entry : journal) {
                if (entry.action() == DISABLE || entry.action() == REBOOT_STARTED) {
                    away.add(entry.hostUuid());
                } else if (entry.action() == ENABLE) {
                    away.remove(entry.hostUuid());
                }
                most = Math.max(most, away.size());
            }
            return most;
        }
    }
}
