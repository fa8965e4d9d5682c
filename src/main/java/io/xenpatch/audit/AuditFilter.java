package io.xenpatch.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes are wanted; null = all.
 *
 * @param from the earliest time, inclusive
 * @param to the latest time, exclusive
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to) {}
