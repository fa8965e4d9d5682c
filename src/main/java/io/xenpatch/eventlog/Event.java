package io.xenpatch.eventlog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as it is read; its JSON has these fields.
 *
 * @param position its place in the order of everything; {@code Last-Event-ID} of a stream
 * @param type past tense, for example {@code host-update.succeeded}
 * @param poolUuid what it concerns; each id is null where it does not apply
 */
public record Event(
        long position,
        String type,
        Instant at,
        @Nullable UUID poolUuid,
        @Nullable UUID hostUuid,
        @Nullable UUID jobId,
        Map<String, Object> data) {}
