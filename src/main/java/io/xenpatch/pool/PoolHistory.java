package io.xenpatch.pool;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import io.xenpatch.xen.PoolUuid;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes what was done to a registered pool: an event and an audit row in the transaction of the change. */
@Component
class PoolHistory {
    private final EventLog events;
    private final AuditLog audit;
    private final InstantSource time;

    PoolHistory(EventLog events, AuditLog audit, InstantSource time) {
        this.events = events;
        this.audit = audit;
        this.time = time;
    }

    /** @param what past tense, for example {@code pool.registered}; the name of both rows */
    void note(Caller caller, String what, PoolUuid pool, Map<String, Object> details) {
        events.append(new NewEvent(what, time.instant(), pool.value(), null, null, details));
        audit.append(caller, what, "pool/" + pool, details);
    }
}
