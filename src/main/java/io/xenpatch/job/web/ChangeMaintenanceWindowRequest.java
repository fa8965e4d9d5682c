package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.job.WindowDefinition;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a maintenance window; fields that are left out stay.
 *
 * @param name 1 to 200 characters, for example {@code Saturday night}
 * @param description for people; at most 2000 characters
 * @param recurrence the value of an {@code RRULE} of RFC 5545, DAILY, WEEKLY, MONTHLY or YEARLY, for example {@code FREQ=WEEKLY;BYDAY=SA}
 *     or, the Sunday after the second Tuesday of a month, {@code FREQ=MONTHLY;BYDAY=SU;BYMONTHDAY=13,14,15,16,17,18,19}
 * @param startsAt local date and time of the first opening, for example {@code 2026-12-05T22:00:00}: the {@code DTSTART}, whose time of day
 *     every opening has that the rule gives no other
 * @param timeZone time zone of the IANA database, for example {@code Europe/Berlin}. A local time that a change of the clocks leaves out is
 *     later by the length of the gap; one that comes twice counts the first time.
 * @param duration how long it is open, an ISO 8601 duration from PT5M to P7D: exactly so long, whatever the clocks do
 * @param latestStart how long after it opened a job may begin, an ISO 8601 duration; without it as long as it is open
 */
@Schema(name = "ChangeMaintenanceWindowRequest")
record ChangeMaintenanceWindowRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable String recurrence,

        @Schema(
                types = {"string", "null"},
                format = "date-time-local")
        @Nullable
        LocalDateTime startsAt,

        @Nullable String timeZone,
        @Nullable Duration duration,
        @Nullable Duration latestStart) {

    WindowDefinition definition() {
        return new WindowDefinition(name, description, recurrence, startsAt, timeZone, duration, latestStart);
    }
}
