package io.xenpatch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** A test against one simulated pool on a clock that stands still. */
abstract class SimulatorTest {
    private @Nullable Simulator running;
    private @Nullable SimulatedClient loggedIn;

    SimulatedClient start(PoolScenario pool) {
        return start(Scenario.of(pool));
    }

    SimulatedClient start(Scenario scenario) {
        return start(scenario, SimulatorSettings.manual(new ManualClock(Instant.parse("2026-11-24T06:00:00Z"))));
    }

    SimulatedClient start(Scenario scenario, SimulatorSettings settings) {
        running = Simulator.start(scenario, settings);
        loggedIn = SimulatedClient.of(pool());
        return loggedIn;
    }

    /** Logs in on a new connection, after the coordinator dropped the old ones. */
    SimulatedClient reconnect() {
        loggedIn = SimulatedClient.of(pool());
        return loggedIn;
    }

    Simulator simulator() {
        return java.util.Objects.requireNonNull(running);
    }

    SimulatedClient client() {
        return java.util.Objects.requireNonNull(loggedIn);
    }

    PoolDescription pool() {
        return simulator().pools().get(0);
    }

    String hostUuid(int index) {
        return pool().hosts().get(index).uuid();
    }

    void advance(Duration virtual) {
        simulator().advance(virtual);
    }

    /** The record of a task after enough time for everything that is not a reboot. */
    JsonNode task(String ref) {
        return client().call("task.get_record", ref);
    }

    /** Runs an asynchronous call to its end, at most this long, and gives its task. */
    JsonNode run(Duration longest, String method, Object... params) {
        var task = client().text("Async." + method, params);
        advance(longest);
        return task(task);
    }

    JsonNode runWell(Duration longest, String method, Object... params) {
        var task = run(longest, method, params);
        assertThat(task.get("status").stringValue()).as(task.toString()).isEqualTo("success");
        return task;
    }

    static List<String> errorInfo(JsonNode task) {
        return task.get("error_info").valueStream().map(JsonNode::stringValue).toList();
    }

    List<JournalEntry> journal() {
        return simulator().journal(pool().poolUuid());
    }

    List<JournalAction> actions() {
        return journal().stream().map(JournalEntry::action).toList();
    }

    /** What was done on one host. */
    List<JournalAction> actionsOn(int host) {
        return journal().stream()
                .filter(entry -> entry.hostUuid().equals(hostUuid(host)))
                .map(JournalEntry::action)
                .toList();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }
}
