package io.xenpatch.simulator.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.xenpatch.simulator.Fault;
import io.xenpatch.simulator.PoolDescription;
import io.xenpatch.simulator.Scenario;
import io.xenpatch.simulator.SimulatorFailure;
import io.xenpatch.simulator.SimulatorSettings;
import io.xenpatch.simulator.pool.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** All pools of a process on the wire, on two event loops. */
public final class RpcServer implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final long TICK_MILLIS = 20;
    private static final long STOP_SECONDS = 5;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory("simulator", true), NioIoHandler.newFactory());
    private final SimulatorSettings settings;
    private final List<ServedPool> pools = new ArrayList<>();
    private double churnDue;
    private int churnTurn;

    private RpcServer(SimulatorSettings settings) {
        this.settings = settings;
    }

    /** Starts every pool of a scenario. @throws SimulatorFailure if a port is taken */
    public static RpcServer start(Scenario scenario, SimulatorSettings settings, Journal journal) {
        var server = new RpcServer(settings);
        try {
            server.serve(scenario, journal);
            return server;
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
            throw new SimulatorFailure("The simulator was interrupted while it started.", e);
        } catch (SimulatorFailure e) {
            server.close();
            throw e;
        } catch (Exception e) {
            server.close();
            throw new SimulatorFailure("The simulator can't listen: " + e.getMessage(), e);
        }
    }

    private void serve(Scenario scenario, Journal journal) throws Exception {
        var loop = new ArrayList<EventLoop>();
        for (int i = 0; i < LOOPS; i++) {
            loop.add(loops.next());
        }
        var control = new ControlEndpoint(journal, this::injectAsync);
        var made = new ArrayList<Future<ServedPool>>();
        for (var spec : scenario.pools()) {
            var own = loop.get(made.size() % LOOPS);
            made.add(own.submit(() -> new ServedPool(own, settings, scenario, spec, journal)));
        }
        for (var future : made) {
            var pool = made(future);
            var port = settings.port() == 0 ? 0 : settings.port() + pools.size();
            pools.add(pool);
            pool.listen(port, control);
        }
        if (settings.churnPerSecond() > 0) {
            var unused = Later.every(loop.get(0), TICK_MILLIS, this::churn);
        }
    }

    private static ServedPool made(Future<ServedPool> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void churn() {
        churnDue += settings.churnPerSecond() * TICK_MILLIS / 1000.0;
        for (; churnDue >= 1; churnDue--) {
            var runtime = pools.get(churnTurn++ % pools.size()).runtime();
            runtime.loop().execute(runtime::churn);
        }
    }

    /** The pools, in the order of the scenario. */
    public List<PoolDescription> pools() {
        return pools.stream().map(ServedPool::description).toList();
    }

    /** Injects a fault and waits until the pool knows. @throws IllegalArgumentException if it makes no sense */
    public void inject(Fault fault) {
        try {
            injectAsync(fault).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private CompletableFuture<Void> injectAsync(Fault fault) {
        return pools.stream()
                .filter(pool -> pool.uuid().equals(fault.poolUuid()))
                .findFirst()
                .map(pool -> CompletableFuture.runAsync(
                        () -> pool.inject(fault), pool.runtime().loop()))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new IllegalArgumentException("There is no pool " + fault.poolUuid() + ".")));
    }

    /** Lets every pool do what is due by its clock, and waits for it. */
    public void catchUp() {
        for (var pool : pools) {
            pool.runtime().ask(() -> {
                pool.runtime().catchUp();
                return true;
            });
        }
    }

    @Override
    public void close() {
        pools.forEach(ServedPool::close);
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
