package io.xenpatch.simulator.repository;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * On which days a pool synchronises its repositories by itself (xapi.md §7.1). The local time of a simulated host is UTC.
 *
 * @param weekly else daily
 * @param day of the week, 0 = Sunday to 6; without meaning where it is daily
 */
public record SyncSchedule(boolean weekly, int day) {
    private static final int DAYS_OF_A_WEEK = 7;
    private static final Duration AT_LEAST = Duration.ofHours(2);

    /** The midnight with which the next of these days begins; never today. */
    public Instant nextDay(Instant now) {
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return today.plusDays(weekly ? daysTo(today) : 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private long daysTo(LocalDate today) {
        var sundayIsZero = today.getDayOfWeek() == DayOfWeek.SUNDAY
                ? 0
                : today.getDayOfWeek().getValue();
        var ahead = Math.floorMod(day - sundayIsZero, DAYS_OF_A_WEEK);
        return ahead == 0 ? DAYS_OF_A_WEEK : ahead;
    }

    /** How long to wait for a moment; never less than two hours. */
    public static Duration delay(Instant now, Instant next) {
        var exact = Duration.between(now, next);
        return exact.compareTo(AT_LEAST) < 0 ? AT_LEAST : exact;
    }
}
