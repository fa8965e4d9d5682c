package io.xenpatch.feed;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The thread that reads feeds; it is there only when there is a feed. No bean of an executor type: Spring would make no executor of
 * its own then.
 */
record FeedWorker(ScheduledExecutorService thread) implements AutoCloseable {

    FeedWorker() {
        this(new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "feed");
            thread.setDaemon(true);
            return thread;
        }));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
