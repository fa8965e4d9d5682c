package io.xenpatch.job;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * When something happens again and again: a recurrence rule of RFC 5545, counted in local time. A local time that a change of the clocks
 * leaves out is later by the length of the gap, one that comes twice counts the first time (RFC 5545 §3.3.5).
 */
final class Recurrence implements Iterable<Instant> {
    /** Windows are for people: what comes more often than daily is no window. */
    private static final Set<Freq> FREQUENCIES = Set.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    private final RecurrenceRule rule;
    private final LocalDateTime first;
    private final ZoneId zone;

    private Recurrence(RecurrenceRule rule, LocalDateTime first, ZoneId zone) {
        this.rule = rule;
        this.first = first;
        this.zone = zone;
    }

    /**
     * @param rule the value of an {@code RRULE}, for example {@code FREQ=WEEKLY;BYDAY=SA}
     * @param first what it counts from, the {@code DTSTART}
     * @throws IllegalArgumentException with words for people when it is no such rule, or nothing ever comes of it
     */
    static Recurrence of(String rule, LocalDateTime first, ZoneId zone) {
        RecurrenceRule parsed = parse(rule, zone);
        Recurrence recurrence = new Recurrence(parsed, first, zone);
        if (!recurrence.everComes()) {
            throw new IllegalArgumentException("no time ever fits this rule");
        }
        return recurrence;
    }

    private boolean everComes() {
        try {
            return iterator().hasNext();
        } catch (IllegalArgumentException | IllegalStateException gaveUp) {
            // the library stops looking after a thousand empty years, months or weeks
            return false;
        }
    }

    private static RecurrenceRule parse(String rule, ZoneId zone) {
        RecurrenceRule parsed;
        try {
            parsed = new RecurrenceRule(rule, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            throw new IllegalArgumentException("is no recurrence rule of RFC 5545: " + e.getMessage(), e);
        }
        if (!FREQUENCIES.contains(parsed.getFreq())) {
            throw new IllegalArgumentException("must be DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        DateTime until = parsed.getUntil();
        if (until != null && !until.isFloating()) {
            // an end in UTC, as the RFC wants it beside a time zone; here all is counted in local time
            LocalDateTime local =
                    Instant.ofEpochMilli(until.getTimestamp()).atZone(zone).toLocalDateTime();
            parsed.setUntil(floating(local));
        }
        return parsed;
    }

    /** From its first time on; it may have no end. */
    @Override
    public Iterator<Instant> iterator() {
        return from(first);
    }

    /** The same, without most of what is before a moment. */
    Iterator<Instant> near(Instant moment) {
        LocalDateTime local = moment.atZone(zone).toLocalDateTime();
        return from(local.isAfter(first) ? local : first);
    }

    private Iterator<Instant> from(LocalDateTime begin) {
        RecurrenceRuleIterator times = rule.iterator(floating(first));
        if (begin.isAfter(first)) {
            times.fastForward(floating(begin));
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return times.hasNext();
            }

            @Override
            public Instant next() {
                return instant(times.nextDateTime());
            }
        };
    }

    private Instant instant(DateTime time) {
        LocalDateTime local = LocalDateTime.of(
                time.getYear(),
                time.getMonth() + 1,
                time.getDayOfMonth(),
                time.getHours(),
                time.getMinutes(),
                time.getSeconds());
        return ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }

    private static DateTime floating(LocalDateTime time) {
        return new DateTime(
                time.getYear(),
                time.getMonthValue() - 1,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }
}
