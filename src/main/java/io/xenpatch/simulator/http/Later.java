package io.xenpatch.simulator.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Work that happens later on an event loop. What goes wrong in it is logged, because nobody waits for its outcome. */
final class Later {
    private static final System.Logger LOG = System.getLogger(Later.class.getName());

    private Later() {}

    static Future<?> in(EventLoop loop, long nanos, Runnable work) {
        return loop.schedule(() -> guarded(work), Math.max(nanos, 1), TimeUnit.NANOSECONDS);
    }

    static Future<?> every(EventLoop loop, long millis, Runnable work) {
        return loop.scheduleAtFixedRate(() -> guarded(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The simulator failed.", e);
        }
    }
}
