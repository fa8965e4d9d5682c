package io.xenpatch.eventlog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, about to be written.
 *
 * @param type past tense, for example {@code host-update.succeeded}
 * @param poolUuid what it concerns; each id is null where it does not apply
 * @param data further facts; values that Jackson can write, no secrets
 */
public record NewEvent(
        String type,
        Instant at,
        @Nullable UUID poolUuid,
        @Nullable UUID hostUuid,
        @Nullable UUID jobId,
        Map<String, Object> data) {

    public NewEvent {
        data = Map.copyOf(data);
    }
}
