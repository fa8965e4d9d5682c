package io.xenpatch.updates;

import io.xenpatch.caller.Caller;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Ends the uploads of an instance that is being stopped, before its web server goes: who looks after uploads removes their images,
 * which is waited for, but not for ever and without a thread.
 */
@Component
class UploadStopping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(UploadStopping.class);
    private static final Duration PACE = Duration.ofMillis(100);

    private final UploadRuns runs;
    private final UploadStore store;
    private final UploadLedger ledger;
    private final Duration limit;
    private volatile boolean running;

    UploadStopping(UploadRuns runs, UploadStore store, UploadLedger ledger, UploadSettings settings) {
        this.runs = runs;
        this.store = store;
        this.ledger = ledger;
        this.limit = settings.stopWithin();
    }

    @Override
    public void start() {
        runs.open();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        runs.close();
    }

    /** @param whenDone called when nothing of the uploads is left, or the time for that is over */
    @Override
    public void stop(Runnable whenDone) {
        running = false;
        var ended = runs.close();
        if (ended.isEmpty()) {
            whenDone.run();
            return;
        }
        LOG.info(
                "The service stops: {} uploads are ended, and what they left in pools is removed within {}",
                ended.size(),
                limit);
        var unused = settled(ended, System.nanoTime() + limit.toNanos())
                .exceptionally(failure -> {
                    LOG.warn(
                            "What is left of uploads gets removed later, by another instance or the next start",
                            failure);
                    return null;
                })
                .thenRun(whenDone);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private CompletableFuture<Void> settled(Set<UUID> uploads, long end) {
        var later = CompletableFuture.delayedExecutor(PACE.toMillis(), TimeUnit.MILLISECONDS, runs.workers());
        return CompletableFuture.supplyAsync(() -> unsettled(uploads), later).thenCompose(left -> {
            if (left.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            return System.nanoTime() - end < 0
                    ? settled(uploads, end)
                    : CompletableFuture.runAsync(() -> giveUp(left), runs.workers());
        });
    }

    private Set<UUID> unsettled(Set<UUID> uploads) {
        try {
            return store.unsettled(uploads);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database does not say what is left of uploads", e);
            return uploads;
        }
    }

    /** Their images stay marked, so that others remove them. */
    private void giveUp(Set<UUID> uploads) {
        uploads.forEach(id -> store.find(id)
                .filter(upload -> upload.state() == UploadState.RUNNING)
                .ifPresent(upload -> ledger.fail(Caller.system(), upload, UploadProblems.SERVICE_STOPPED)));
        LOG.warn(
                "After {} the images of {} uploads are still in their pools; another instance or the next start removes them."
                        + " By hand: the VDIs whose other_config says {} and one of {}",
                limit,
                uploads.size(),
                Upload.MARK,
                uploads);
    }
}
