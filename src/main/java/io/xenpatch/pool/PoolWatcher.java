package io.xenpatch.pool;

import io.xenpatch.xapi.XapiPool;
import io.xenpatch.xen.PoolUuid;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Watches the pools that are this instance's to watch, and looks every few seconds which ones these are. */
@Component
class PoolWatcher implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PoolWatcher.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final UUID me = UUID.randomUUID();
    private final Instances instances;
    private final PoolConnections connections;
    private final Watches watches;
    /** Looks, and hands the watches whose pause is over to the workers. */
    private final ScheduledExecutorService looker = looker();

    private final ExecutorService workers;
    private final WatchTools tools;
    private final Map<PoolUuid, PoolWatch> running = new ConcurrentHashMap<>();
    private final AtomicBoolean lookIsDue = new AtomicBoolean();
    private volatile boolean started;

    PoolWatcher(
            Instances instances,
            PoolConnections connections,
            Watches watches,
            InventoryWriter inventory,
            PinKeeper pins,
            PoolSettings settings) {
        this.instances = instances;
        this.connections = connections;
        this.watches = watches;
        this.workers = Executors.newFixedThreadPool(settings.workers(), threads("pool-inventory-"));
        this.tools = new WatchTools(inventory, watches, pins, settings, looker, workers);
    }

    /** What this instance is called among the others. */
    UUID id() {
        return me;
    }

    /** Looks now instead of at the next heartbeat. One look does for all who asked before it began. */
    void look() {
        if (!lookIsDue.compareAndSet(false, true)) {
            return;
        }
        try {
            looker.execute(() -> {
                lookIsDue.set(false);
                lookOnce();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("No look at the pools: the service stops");
        }
    }

    private void lookOnce() {
        try {
            var living = instances.beat(me);
            var positions = watches.all();
            end(positions, living);
            var mine = new HashMap<>(positions);
            mine.keySet().removeIf(pool -> !Rendezvous.isOwner(me, living, pool.value()));
            mine.entrySet().removeIf(each -> isFollowed(each.getKey(), each.getValue()));
            takeOver(mine);
        } catch (RuntimeException e) {
            LOG.warn("Which pools to watch could not be found out; the next look is in {}", instances.rhythm(), e);
        }
    }

    private void end(Map<PoolUuid, Watches.Position> positions, Collection<UUID> living) {
        for (var pool : new HashSet<>(running.keySet())) {
            if (!positions.containsKey(pool)) {
                stop(pool);
                connections.closeOutdated(pool);
            } else if (!Rendezvous.isOwner(me, living, pool.value())) {
                stop(pool);
            }
        }
    }

    private boolean isFollowed(PoolUuid pool, Watches.Position position) {
        var watch = running.get(pool);
        if (watch == null || watch.epoch() != position.epoch()) {
            return false;
        }
        watch.compareWith(position.revision());
        return true;
    }

    /** One statement for all: a watch begins to read at once, and each pool would wait for those before it to be read. */
    private void takeOver(Map<PoolUuid, Watches.Position> pools) {
        var reachable = new HashMap<PoolUuid, XapiPool>();
        pools.forEach((pool, position) -> {
            stop(pool);
            connection(pool, position).ifPresent(connection -> reachable.put(pool, connection));
        });
        if (!reachable.isEmpty()) {
            watches.takeOver(reachable.keySet(), me).forEach((pool, epoch) -> {
                var next = new PoolWatch(pool, epoch, Objects.requireNonNull(reachable.get(pool)), tools, this::look);
                running.put(pool, next);
                next.start();
            });
        }
    }

    /** Empty, and the pool is shown as unreachable, when the settings do not allow to reach it as it was registered. */
    private Optional<XapiPool> connection(PoolUuid pool, Watches.Position position) {
        try {
            return Optional.of(connections.of(pool));
        } catch (IllegalArgumentException e) {
            LOG.warn("Pool {} is not watched: {}", pool, e.getMessage());
            watches.note(pool, position.epoch(), ConnectionState.UNREACHABLE, null);
        } catch (RuntimeException e) {
            LOG.warn("Pool {} can't be watched now; the next try is in {}", pool, instances.rhythm(), e);
        }
        return Optional.empty();
    }

    private void stop(PoolUuid pool) {
        var watch = running.remove(pool);
        if (watch != null) {
            watch.stop();
        }
    }

    @Override
    public void start() {
        started = true;
        looker.scheduleWithFixedDelay(this::lookOnce, 0, instances.rhythm().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        started = false;
        looker.shutdown();
        new HashSet<>(running.keySet()).forEach(this::stop);
        workers.shutdown();
        try {
            if (!looker.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                    || !workers.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Watches of pools are still writing; they are left to their transactions");
            }
            instances.leave(me);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("The other instances will notice in a few seconds that this one is gone", e);
        }
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    private static ScheduledExecutorService looker() {
        var looker = new ScheduledThreadPoolExecutor(1, threads("pool-watch"));
        looker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return looker;
    }

    private static ThreadFactory threads(String name) {
        var number = new AtomicLong();
        return work -> {
            var thread = new Thread(work, name.endsWith("-") ? name + number.incrementAndGet() : name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
