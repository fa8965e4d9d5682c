package io.xenpatch.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.JournalAction;
import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.SimulatedClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A pool of a simulator that serves, and what it wrote down. */
final class RunningPool {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String POOL = "{\"poolUuid\"";
    private static final Pattern READY =
            Pattern.compile("(?s)^(" + Pattern.quote(POOL) + ".*)^\\{\"ready\":true}", Pattern.MULTILINE);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final PoolDescription pool;
    private final SimulatedClient control;

    private RunningPool(PoolDescription pool) {
        this.pool = pool;
        this.control = new SimulatedClient(pool, "127.0.0.1");
    }

    /** Waits until the simulator serves. @return its pools, in its own order */
    static List<RunningPool> ready(JarProcess simulator) {
        return simulator
                .awaitOutput(READY)
                .group(1)
                .lines()
                .filter(line -> line.startsWith(POOL))
                .map(line -> new RunningPool(JSON.readValue(line, PoolDescription.class)))
                .toList();
    }

    PoolDescription pool() {
        return pool;
    }

    /** Uuid of the coordinator. */
    String coordinator() {
        return pool.hosts().get(0).uuid();
    }

    List<JournalEntry> journal() {
        var answer = control.get("/simulator/journal?poolUuid=" + pool.poolUuid());
        return answer.body()
                .lines()
                .map(line -> JSON.readValue(line, JournalEntry.class))
                .toList();
    }

    /** Where it was done, in order, once for every time. */
    List<String> hosts(JournalAction action) {
        return journal().stream()
                .filter(entry -> entry.action() == action)
                .map(JournalEntry::hostUuid)
                .toList();
    }

    /** Waits until the journal has such an entry, and looks often: somebody wants to act on it right away. */
    JournalEntry awaitEntry(String what, Predicate<JournalEntry> wanted) {
        await(what)
                .atMost(JarProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(() -> journal().stream().anyMatch(wanted));
        return journal().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits until the pool has a task of this name, and looks often. */
    void awaitTask(String name) {
        var loggedIn = SimulatedClient.of(pool);
        await(name)
                .atMost(JarProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(() -> !loggedIn.call("task.get_by_name_label", name).isEmpty());
    }

    /** Lets something go wrong in the pool; see docs/simulator.md. */
    void inject(String fault, Map<String, String> more) {
        var body = new HashMap<>(more);
        body.put("poolUuid", pool.poolUuid());
        body.put("fault", fault);
        var answer = control.send("/simulator/faults", JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
