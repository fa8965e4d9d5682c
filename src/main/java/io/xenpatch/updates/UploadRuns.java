package io.xenpatch.updates;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The uploads that this instance works on. Says that they live, and ends those that others may hold for dead. */
@Component
class UploadRuns implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(UploadRuns.class);
    private static final int BEATS = 4;

    private final Map<UUID, Beating> running = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private final UploadStore store;
    private final Duration deadAfter;
    private final ExecutorService workers;
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("uploads-heart-"));

    UploadRuns(UploadStore store, UploadSettings settings) {
        this.store = store;
        this.deadAfter = settings.deadAfter();
        this.workers = Executors.newFixedThreadPool(settings.workers(), new CustomizableThreadFactory("uploads-"));
        var every = deadAfter.toMillis() / BEATS;
        var unused = heart.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
    }

    Executor workers() {
        return workers;
    }

    void add(UUID id, UploadRun run) {
        running.put(id, new Beating(run, System.nanoTime()));
        if (closed) {
            run.abort(UploadAborted.serviceStops());
        }
    }

    /** Uploads may run. */
    void open() {
        closed = false;
    }

    /** Ends the uploads that run, and every one that is begun from now on. @return those that ran */
    Set<UUID> close() {
        closed = true;
        var ended = Map.copyOf(running);
        ended.values().forEach(each -> each.run().abort(UploadAborted.serviceStops()));
        return ended.keySet();
    }

    void remove(UUID id) {
        running.remove(id);
    }

    /** Ends an upload if this instance works on it. */
    void abort(UUID id) {
        var found = running.get(id);
        if (found != null) {
            found.run().abort(UploadAborted.ended());
        }
    }

    private void beat() {
        var ids = running.keySet();
        if (ids.isEmpty()) {
            return;
        }
        var now = System.nanoTime();
        try {
            var alive = store.renew(ids, deadAfter);
            running.replaceAll((id, each) -> alive.contains(id) ? new Beating(each.run(), now) : each.aborted());
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "The database could not be told that uploads are under way; they are ended if that lasts {}",
                    deadAfter,
                    e);
            // by now others may hold them for dead
            running.values().stream()
                    .filter(each -> now - each.seenAt() > deadAfter.toNanos() / 2)
                    .forEach(each -> each.run().abort(UploadAborted.ended()));
        }
    }

    @Override
    public void destroy() {
        heart.shutdownNow();
        close();
        workers.shutdown();
    }

    /** @param seenAt when the database last heard of it, on the monotonic clock */
    private record Beating(UploadRun run, long seenAt) {

        Beating aborted() {
            run.abort(UploadAborted.ended());
            return this;
        }
    }
}
