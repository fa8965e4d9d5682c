package io.xenpatch.assessment;

import io.xenpatch.audit.AuditLog;
import io.xenpatch.caller.Caller;
import io.xenpatch.eventlog.EventLog;
import io.xenpatch.eventlog.NewEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes down that an assessment was asked for, in the transaction of the asking. */
@Component
class Journal {

    private final EventLog events;
    private final AuditLog audit;
    private final InstantSource clock;

    Journal(EventLog events, AuditLog audit, InstantSource clock) {
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void created(Caller caller, UUID id, ChosenUpdate chosen, Instant now) {
        audit.append(
                caller,
                "assessment.created",
                "assessment/" + id,
                Map.of(
                        "update",
                        chosen.update().word(),
                        "pools",
                        chosen.targets().stream()
                                .map(target -> target.pool().value())
                                .toList()));
        chosen.targets()
                .forEach(target -> events.append(new NewEvent(
                        "assessment.created", now, target.pool().value(), null, null, Map.of("assessmentId", id))));
    }
}
