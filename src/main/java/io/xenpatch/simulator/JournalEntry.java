package io.xenpatch.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done. Times are virtual.
 *
 * @param position its place in the journal of the process, from 1
 * @param hostUuid where it was done, "" when it concerns the whole pool
 * @param subject uuid of what it was about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JournalEntry(
        long position,
        Instant at,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String poolUuid,
        String hostUuid,
        JournalAction action,
        String subject,
        String detail) {}
