package io.xenpatch.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.SimulatedClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A simulator that serves, and what its first pool wrote down. */
final class RunningSimulator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern READY = Pattern.compile("(?m)^(\\{\"poolUuid\".*)\\R(?:.*\\R)*?\\{\"ready\":true}");
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final PoolDescription pool;
    private final SimulatedClient control;

    private RunningSimulator(PoolDescription pool) {
        this.pool = pool;
        this.control = new SimulatedClient(pool, "127.0.0.1");
    }

    /** Waits until it serves. */
    static RunningSimulator ready(JarProcess process) {
        var line = process.awaitOutput(READY).group(1);
        return new RunningSimulator(JSON.readValue(line, PoolDescription.class));
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

    /** Waits until the journal has such an entry, and looks often: somebody wants to act on it right away. */
    JournalEntry awaitEntry(String what, Predicate<JournalEntry> wanted) {
        await(what)
                .atMost(JarProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(() -> journal().stream().anyMatch(wanted));
        return journal().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Lets something go wrong in the first pool; see docs/simulator.md. */
    void inject(String fault, Map<String, String> more) {
        var body = new java.util.HashMap<>(more);
        body.put("poolUuid", pool.poolUuid());
        body.put("fault", fault);
        var answer = control.send("/simulator/faults", JSON.writeValueAsString(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
