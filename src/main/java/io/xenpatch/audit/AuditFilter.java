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
        @Nullable Instant to) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public AuditFilter {
        from = within(from);
        to = within(to);
    }

    /** Java knows times that PostgreSQL does not. */
    private static @Nullable Instant within(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
