package io.xenpatch.jar;

import static io.xenpatch.simulator.JournalAction.APPLY;
import static io.xenpatch.simulator.JournalAction.DISABLE;
import static io.xenpatch.simulator.JournalAction.ENABLE;
import static io.xenpatch.simulator.JournalAction.REBOOT_FINISHED;
import static io.xenpatch.simulator.JournalAction.REBOOT_STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription.HostDescription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The service dies at the worst moments, and the next one finishes what it began without doing anything twice. */
@NeedsJar
class KilledServiceIT {
    /** A boot takes six seconds of real time. */
    private static final String SPEED = "40";
    /** Virtual: long enough for the next service to start while its pool's coordinator is still away. */
    private static final String LATE = "PT8M";
    /** Virtual: longer than the service waits for an answer, so that it can't go on between the apply and its death. */
    private static final String SLOW = "PT10M";

    @AutoClose
    private final Jar jar = new Jar(KilledServiceIT.class);

    @Test
    void rebootsEveryHostExactlyOnceThoughItIsKilledWhileTheyRebootAndBeforeItLearnsOfAnApply() {
        var simulator = jar.simulate("--speed", SPEED, "--hosts", "3", "--vms", "2");
        var coordinator = simulator.coordinator();
        var data = jar.newDataDirectory();
        var service = jar.serve(data);
        var pool = service.register(simulator.pool());
        var homes = service.guestsOf(pool);
        assertThat(homes).hasSize(6);

        simulator.inject("HOST_RETURNS_LATE", Map.of("hostUuid", coordinator, "for", LATE));
        var job = service.startJob(pool, "REBOOT");
        simulator.awaitEntry("the coordinator reboots", entry -> entry.action() == REBOOT_STARTED);
        service.process().kill();
        assertThat(hosts(simulator, REBOOT_STARTED)).containsExactly(coordinator);
        assertThat(hosts(simulator, REBOOT_FINISHED)).isEmpty();

        simulator.inject("SLOW_ANSWER", Map.of("method", "pool_update.apply", "for", SLOW));
        service = jar.serve(data);
        var second = simulator
                .awaitEntry(
                        "the update is applied to a supporter",
                        entry -> entry.action() == APPLY && !entry.hostUuid().equals(coordinator))
                .hostUuid();
        service.process().kill();
        assertThat(hosts(simulator, REBOOT_STARTED)).containsExactly(coordinator);

        service = jar.serve(data);
        var third = simulator
                .awaitEntry(
                        "the other supporter reboots",
                        entry -> entry.action() == REBOOT_STARTED
                                && !List.of(coordinator, second).contains(entry.hostUuid()))
                .hostUuid();
        service.process().kill();
        assertThat(hosts(simulator, REBOOT_FINISHED)).containsExactly(coordinator, second);

        service = jar.serve(data);
        assertThat(ended(service, job)).isEqualTo("SUCCEEDED");

        assertThat(hosts(simulator, APPLY)).containsExactly(coordinator, second, third);
        assertThat(hosts(simulator, REBOOT_STARTED)).containsExactly(coordinator, second, third);
        assertThat(hosts(simulator, REBOOT_FINISHED)).containsExactly(coordinator, second, third);
        assertThat(simulator.pool().hosts())
                .extracting(HostDescription::uuid)
                .containsExactlyInAnyOrder(coordinator, second, third);
        assertThat(mostAwayAtOnce(simulator.journal())).isEqualTo(1);
        assertEverythingIsBack(service, pool, homes);
    }

    private static String ended(RunningService service, String job) {
        var path = "/update-jobs/" + job;
        await("the job ends")
                .atMost(JarProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> !service.get(path).get("finishedAt").isNull());
        return service.get(path).get("state").stringValue();
    }

    private static void assertEverythingIsBack(RunningService service, String pool, Map<String, String> homes) {
        // the inventory follows the pool with a delay
        await("every guest is at home and every host takes guests")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(service.guestsOf(pool)).isEqualTo(homes);
                    assertThat(service.items("/hosts?poolUuid=" + pool))
                            .hasSize(3)
                            .allMatch(host -> host.get("enabled").booleanValue());
                });
    }

    /** Where it was done, in order, once for every time. */
    private static List<String> hosts(RunningSimulator simulator, JournalAction action) {
        return simulator.journal().stream()
                .filter(entry -> entry.action() == action)
                .map(JournalEntry::hostUuid)
                .toList();
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
