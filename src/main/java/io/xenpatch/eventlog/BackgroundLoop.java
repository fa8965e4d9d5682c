package io.xenpatch.eventlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A thread that does one thing again and again while the service runs, and survives its failures. */
abstract class BackgroundLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final long AFTER_FAILURE_MS = 1_000;
    private static final long STOP_MS = 5_000;

    private final Thread thread;
    private volatile boolean running;

    BackgroundLoop(String name) {
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    /** One round, waiting included; may fail. */
    abstract void round() throws Exception;

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        boolean failing = false;
        while (running) {
            try {
                round();
                failing = false;
            } catch (InterruptedException e) {
                return; // asked to stop
            } catch (Exception e) {
                if (running && !failing) {
                    log.warn("{} failed and is tried again every second", thread.getName(), e);
                }
                failing = true;
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE_MS);
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
