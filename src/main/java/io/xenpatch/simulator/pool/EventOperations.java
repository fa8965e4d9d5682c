package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.model.ApiFailure;
import io.xenpatch.simulator.model.Database;
import java.util.HashSet;
import java.util.Set;

/** The small calls around events; {@code event.from} itself is {@link EventPoll}. */
final class EventOperations {
    private final Database db;
    private final Set<String> registered = new HashSet<>();

    EventOperations(Database db) {
        this.db = db;
    }

    void register(MethodTable table) {
        table.slow("event.from", EventPoll.OPERATION);
        table.answer("event.get_current_id", call -> 0L);
        table.answer("event.inject", call -> {
            var type = db.datamodel().classes().stream()
                    .filter(each -> each.eventName().equalsIgnoreCase(call.text(0)))
                    .findFirst()
                    .orElseThrow(() -> ApiFailure.of("HANDLE_INVALID", call.text(0), call.text(1)));
            var row = db.get(type.name(), call.text(1));
            var before = db.changes().generation();
            db.touch(row);
            return EventPoll.token(before);
        });
        table.does("event.register", call -> registered.add(call.session()));
        table.does("event.unregister", call -> registered.remove(call.session()));
        table.slow("event.next", call -> {
            if (!registered.contains(call.session())) {
                throw ApiFailure.of("SESSION_NOT_REGISTERED", call.session());
            }
            throw ApiFailure.of("EVENTS_LOST");
        });
    }
}
