package io.xenpatch.eventlog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param position its place in the order of everything; what {@code Last-Event-ID} of a stream takes
 * @param type past tense, for example {@code host-update.succeeded}; more types may be added
 * @param at when it happened
 * @param poolUuid XAPI uuid of the pool that it concerns; null when it concerns none
 * @param hostUuid XAPI uuid of the host that it concerns; null when it concerns none
 * @param jobId id of the update job that it belongs to; null when it belongs to none
 * @param data what else is to be said; depends on the type
 */
public record Event(
        long position,
        String type,
        Instant at,
        @Nullable UUID poolUuid,
        @Nullable UUID hostUuid,
        @Nullable UUID jobId,
        Map<String, Object> data) {}
