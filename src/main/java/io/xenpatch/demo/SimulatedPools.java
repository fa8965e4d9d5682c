package io.xenpatch.demo;

import io.xenpatch.simulator.JournalEntry;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.PoolScenario;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.Simulator;
import io.xenpatch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The simulator with the pools of the demo, and what they remember. */
final class SimulatedPools {
    /** How much faster than real time the pools live: a boot of three minutes takes two seconds. */
    static final double SPEED = 180;

    private static final long REMEMBER_EVERY_MILLIS = 250;

    private final Simulator simulator;
    private final Path file;
    private final Map<DemoPool, PoolMemory> memories = new EnumMap<>(DemoPool.class);
    private long position;

    private SimulatedPools(Simulator simulator, Path file) {
        this.simulator = simulator;
        this.file = file;
    }

    /** Starts the pools as they were when the demo ended, on free ports and with new certificates. */
    static SimulatedPools start(Path dataDirectory) {
        var file = Memory.file(dataDirectory);
        var memory = Memory.read(file);
        var clock = DemoClock.from(memory.virtualTime(), SPEED);
        var settings = new SimulatorSettings(0, clock, false, false, true, 0);
        var restored = new EnumMap<DemoPool, PoolMemory>(DemoPool.class);
        Stream.of(DemoPool.values())
                .forEach(pool -> restored.put(pool, memory.of(pool).onStart(clock.now())));
        var scenarios = restored.entrySet().stream()
                .map(entry -> entry.getValue().scenario(entry.getKey()))
                .toArray(PoolScenario[]::new);
        var pools = new SimulatedPools(Simulator.start(Scenario.of(scenarios), settings), file);
        pools.memories.putAll(restored);
        return pools;
    }

    /** From now on the pools remember what happens to them. */
    void keepRemembering() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "demo-memory");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                this::remember, REMEMBER_EVERY_MILLIS, REMEMBER_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Writes what happened since the last time, if anything did. */
    synchronized void remember() {
        var news = simulator.journalAfter(position);
        if (!news.isEmpty()) {
            news.forEach(this::take);
            new Memory(simulator.clock().now(), memories).write(file);
        }
    }

    private void take(JournalEntry entry) {
        position = entry.position();
        for (var pool : DemoPool.values()) {
            var description = description(pool);
            if (description.poolUuid().equals(entry.poolUuid())) {
                memories.computeIfPresent(pool, (same, memory) -> memory.after(entry, pool, description));
            }
        }
    }

    PoolDescription description(DemoPool pool) {
        return simulator.pool(pool.poolName());
    }

    /** What was done to a pool in this process, as the pool itself wrote it down. */
    List<JournalEntry> journal(DemoPool pool) {
        return simulator.journal(description(pool).poolUuid());
    }
}
