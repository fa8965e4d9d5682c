package io.xenpatch.feed;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Reads the feed when the service starts, and again and again. Each instance has its own copy. */
final class FeedRefreshing implements SmartLifecycle {
    private final UpdateFeed feed;
    private final FeedSettings settings;
    private final ScheduledExecutorService worker;
    private volatile boolean started;

    FeedRefreshing(UpdateFeed feed, FeedSettings settings, ScheduledExecutorService worker) {
        this.feed = feed;
        this.settings = settings;
        this.worker = worker;
    }

    @Override
    public void start() {
        started = true;
        if (feed.isConfigured()) {
            worker.execute(this::refresh);
        }
    }

    private void refresh() {
        var unused = feed.refresh().thenAccept(this::again);
    }

    private void again(boolean succeeded) {
        if (started) {
            worker.schedule(this::refresh, pause(settings, succeeded).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    static Duration pause(FeedSettings settings, boolean succeeded) {
        return succeeded ? settings.refresh() : settings.retry();
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
