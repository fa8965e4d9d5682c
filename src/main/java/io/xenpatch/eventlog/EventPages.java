package io.xenpatch.eventlog;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;

/** Reads what happened. */
public interface EventPages {

    /** Oldest first; only what the caller may see. */
    Page<Event> page(Caller caller, EventFilter filter, PageRequest request);
}
