package io.xenpatch.eventlog;

/** Where rooms write what happened. */
public interface EventLog {

    /** Writes the event in the caller's transaction: it is seen by readers if and only if that transaction commits. */
    void append(NewEvent event);
}
