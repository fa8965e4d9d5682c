package io.xenpatch.eventlog;

import io.xenpatch.eventlog.EventRows.Labelled;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads each batch of new events once and hands it to every listener of this instance. */
@Component
class EventFanOut {
    private static final Logger log = LoggerFactory.getLogger(EventFanOut.class);
    private static final int BATCH = 500;

    private final EventRows rows;
    private final ObjectProvider<EventSubscriber> subscribers;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private long delivered;

    EventFanOut(EventRows rows, ObjectProvider<EventSubscriber> subscribers) {
        this.rows = rows;
        this.subscribers = subscribers;
    }

    synchronized void startAtEnd() {
        delivered = rows.lastPosition();
    }

    /**
     * Adds a listener that has read everything up to a position.
     *
     * @return false when something was delivered since; it must read that first
     */
    synchronized boolean join(Listener listener, long readUpTo) {
        if (delivered > readUpTo) {
            return false;
        }
        listeners.add(listener);
        return true;
    }

    /** The position up to which listeners that joined were told. */
    synchronized long delivered() {
        return delivered;
    }

    void leave(Listener listener) {
        listeners.remove(listener);
    }

    void deliver() {
        List<Labelled> batch;
        do {
            batch = rows.labelledAfter(delivered(), BATCH);
            if (!batch.isEmpty()) {
                deliver(batch);
            }
        } while (batch.size() == BATCH);
    }

    private void deliver(List<Labelled> batch) {
        synchronized (this) {
            listeners.forEach(listener -> listener.offer(batch));
            delivered = batch.get(batch.size() - 1).event().position();
        }
        var events = batch.stream().map(Labelled::event).toList();
        subscribers.forEach(subscriber -> tell(subscriber, events));
    }

    private static void tell(EventSubscriber subscriber, List<Event> events) {
        try {
            subscriber.happened(events);
        } catch (RuntimeException e) {
            log.error("A subscriber of events failed", e);
        }
    }

    /** Must not block. */
    interface Listener {
        void offer(List<Labelled> batch);
    }
}
