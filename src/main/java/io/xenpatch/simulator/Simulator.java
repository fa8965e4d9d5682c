package io.xenpatch.simulator;

import io.xenpatch.simulator.http.RpcServer;
import io.xenpatch.simulator.pool.Journal;
import java.time.Duration;
import java.util.List;

/** Simulated pools that listen on loopback addresses. Close it to stop them. */
public final class Simulator implements AutoCloseable {
    private final SimulatorSettings settings;
    private final Journal journal;
    private final RpcServer server;

    private Simulator(SimulatorSettings settings, Journal journal, RpcServer server) {
        this.settings = settings;
        this.journal = journal;
        this.server = server;
    }

    /** Starts every pool of a scenario. @throws InvalidScenario if it makes no sense @throws SimulatorFailure if a port is taken */
    public static Simulator start(Scenario scenario, SimulatorSettings settings) {
        var journal = new Journal();
        return new Simulator(
                settings, journal, RpcServer.start(scenario.validated().on(settings.clock()), settings, journal));
    }

    /** The pools, in the order of the scenario. */
    public List<PoolDescription> pools() {
        return server.pools();
    }

    /** The pool with a name. */
    public PoolDescription pool(String name) {
        return pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pool " + name));
    }

    /** What was done in a pool, from the start. */
    public List<JournalEntry> journal(String poolUuid) {
        return journal.after(0, poolUuid);
    }

    /** What was done in all pools after a position. */
    public List<JournalEntry> journalAfter(long position) {
        return journal.after(position, null);
    }

    /** Injects a fault. @throws IllegalArgumentException if it makes no sense */
    public void inject(Fault fault) {
        server.inject(fault);
    }

    /** The clock that the pools live by. */
    public SimulatorClock clock() {
        return settings.clock();
    }

    /** Moves a {@link ManualClock} and lets everything happen that is due. @throws IllegalStateException on another clock */
    public void advance(Duration virtual) {
        if (!(settings.clock() instanceof ManualClock manual)) {
            throw new IllegalStateException("only a manual clock can be advanced");
        }
        manual.forward(virtual);
        server.catchUp();
    }

    @Override
    public void close() {
        server.close();
    }
}
