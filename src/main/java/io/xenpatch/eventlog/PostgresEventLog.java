package io.xenpatch.eventlog;

import io.xenpatch.caller.Caller;
import io.xenpatch.http.Cursor;
import io.xenpatch.http.Page;
import io.xenpatch.http.PageRequest;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The event log as rows. */
@Component
class PostgresEventLog implements EventLog, EventPages {
    private final EventRows rows;
    private final ObjectProvider<PoolLabels> labels;
    private final Positioner positioner;

    PostgresEventLog(EventRows rows, ObjectProvider<PoolLabels> labels, Positioner positioner) {
        this.rows = rows;
        this.labels = labels;
        this.positioner = positioner;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(NewEvent event) {
        rows.insert(event, labelsOf(event));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                positioner.wake();
            }
        });
    }

    @Override
    public Page<Event> page(Caller caller, EventFilter filter, PageRequest request) {
        long after = request.after().map(cursor -> cursor.longAt(0)).orElse(0L);
        var found = rows.after(caller, filter, after, request.rowsToRead());
        return Page.of(found, request, event -> Cursor.of(event.position()));
    }

    private Map<String, String> labelsOf(NewEvent event) {
        var pool = event.poolUuid();
        var known = labels.getIfAvailable();
        return pool == null || known == null ? Map.of() : known.of(pool);
    }
}
