package io.xenpatch.eventlog;

import java.util.List;

/** A bean that wants to know what happened, on whichever instance, soon after its commit. Must not block. */
@FunctionalInterface
public interface EventSubscriber {

    /** In the order of positions. Not durable: what happens while this instance is down is not told. */
    void happened(List<Event> events);
}
