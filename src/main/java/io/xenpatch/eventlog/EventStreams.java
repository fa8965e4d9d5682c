package io.xenpatch.eventlog;

import io.xenpatch.caller.Caller;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Live streams of events as Server-Sent Events. A listener holds no thread; one that does not keep up is closed and can resume. */
@Component
public class EventStreams implements SmartLifecycle {
    private static final int THREADS = 16;
    private static final long KEEP_ALIVE_SECONDS = 15;
    private static final long NEVER = 0L;

    private final EventRows rows;
    private final EventFanOut fanOut;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor senders = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new CustomizableThreadFactory("event-stream-"));
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("event-keep-alive-"));
    private volatile boolean running;

    EventStreams(EventRows rows, EventFanOut fanOut) {
        this.rows = rows;
        this.fanOut = fanOut;
        senders.allowCoreThreadTimeOut(true);
    }

    /**
     * A stream that a controller returns. {@code id} of each message is the position, {@code event} the type, {@code data} the event.
     *
     * @param lastEventId the header of that name: what comes after it is sent first, then what happens; null = from the beginning of
     *     what the filter selects. Text that is no position counts as null.
     */
    public SseEmitter open(Caller caller, EventFilter filter, @Nullable String lastEventId) {
        var emitter = new SseEmitter(NEVER);
        var stream = new EventStream(
                emitter,
                senders,
                fanOut,
                position -> rows.after(caller, filter, position, EventStream.PAGE),
                event -> event.isFor(caller, filter),
                position(lastEventId));
        open.add(stream);
        emitter.onCompletion(() -> {
            fanOut.leave(stream);
            open.remove(stream);
        });
        stream.wake();
        return emitter;
    }

    /** The position of the newest event, for a stream that wants only what happens from now on. */
    public String now() {
        return Long.toString(rows.lastPosition());
    }

    @Override
    public void start() {
        running = true;
        clock.scheduleAtFixedRate(
                () -> open.forEach(EventStream::keepAlive), KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the streams, or a graceful shutdown would wait for them. */
    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
        open.forEach(EventStream::close);
        senders.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A position of the future, from a database that was restored since, counts as the newest. */
    private long position(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.matches("[0-9]{1,18}")
                ? Math.min(Long.parseLong(lastEventId), rows.lastPosition())
                : 0;
    }
}
