package io.xenpatch.eventlog;

import io.xenpatch.eventlog.EventRows.Labelled;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One listener: first what it missed, page by page, then what happens, from a bounded queue. */
final class EventStream implements EventFanOut.Listener {
    static final int PAGE = 200;
    private static final int QUEUE = 1_000;
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final SseEmitter emitter;
    private final Executor senders;
    private final EventFanOut fanOut;
    private final LongFunction<List<Event>> after;
    private final Predicate<Labelled> wanted;
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean keepAliveDue = true; // the first comment opens the stream
    private volatile boolean closed;
    private boolean live;
    private long position;

    EventStream(
            SseEmitter emitter,
            Executor senders,
            EventFanOut fanOut,
            LongFunction<List<Event>> after,
            Predicate<Labelled> wanted,
            long position) {
        this.emitter = emitter;
        this.senders = senders;
        this.fanOut = fanOut;
        this.after = after;
        this.wanted = wanted;
        this.position = position;
    }

    @Override
    public void offer(List<Labelled> batch) {
        boolean fits = batch.stream().filter(wanted).map(Labelled::event).allMatch(queue::offer);
        if (!fits) {
            log.info("Closed a listener of events that did not keep up");
            close();
        }
        wake();
    }

    void keepAlive() {
        keepAliveDue = true;
        wake();
    }

    void close() {
        closed = true;
        wake();
    }

    /** Sends what there is to send, on some thread, never on two at once. */
    void wake() {
        if (!busy.compareAndSet(false, true)) {
            return; // whoever is at it looks again before leaving
        }
        try {
            senders.execute(this::work);
        } catch (RejectedExecutionException e) {
            emitter.complete(); // shutting down
        }
    }

    private void work() {
        try {
            send();
        } catch (IOException | IllegalStateException e) {
            log.debug("A listener of events went away", e);
            closed = true;
        } catch (RuntimeException e) {
            log.warn("A stream of events failed and is closed", e);
            closed = true;
        }
        if (closed) {
            fanOut.leave(this);
            emitter.complete();
            return; // stays busy: nothing is sent any more
        }
        busy.set(false);
        if (!queue.isEmpty() || keepAliveDue || closed) {
            wake();
        }
    }

    private void send() throws IOException {
        if (keepAliveDue) {
            keepAliveDue = false;
            emitter.send(SseEmitter.event().comment("keep-alive"));
        }
        while (!live && !closed) {
            catchUp();
        }
        for (var event = queue.poll(); event != null && !closed; event = queue.poll()) {
            send(event);
        }
    }

    private void catchUp() throws IOException {
        long readUpTo = Math.max(position, fanOut.delivered());
        var page = after.apply(position);
        for (var event : page) {
            send(event);
        }
        live = page.size() < PAGE && fanOut.join(this, readUpTo);
    }

    private void send(Event event) throws IOException {
        if (event.position() <= position) {
            return; // read while catching up
        }
        emitter.send(SseEmitter.event()
                .id(Long.toString(event.position()))
                .name(event.type())
                .data(event, MediaType.APPLICATION_JSON));
        position = event.position();
    }
}
