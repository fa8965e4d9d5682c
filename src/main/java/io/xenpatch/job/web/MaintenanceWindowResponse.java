package io.xenpatch.job.web;

import io.swagger.v3.oas.annotations.media.Schema;
import io.xenpatch.job.MaintenanceWindow;
import io.xenpatch.job.WindowOpening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Times at which jobs may work.
 *
 * @param id id of the window
 * @param name as people know it
 * @param description for people; null when there is none
 * @param recurrence the value of an {@code RRULE} of RFC 5545, counted in local time
 * @param startsAt local date and time of the first opening
 * @param timeZone time zone of the IANA database
 * @param duration how long it is open: exactly so long, whatever the clocks do
 * @param latestStart how long after it opened a job may begin
 * @param openings the present or next ones in which a job may still begin, at most five; empty when it does not open any more
 * @param createdAt when it was defined
 * @param createdBy who defined it
 */
@Schema(name = "MaintenanceWindow")
record MaintenanceWindowResponse(
        UUID id,
        String name,
        @Nullable String description,
        String recurrence,
        @Schema(type = "string", format = "date-time-local") LocalDateTime startsAt,
        String timeZone,
        Duration duration,
        Duration latestStart,
        List<WindowOpening> openings,
        Instant createdAt,
        String createdBy) {
    private static final int SHOWN = 5;

    static MaintenanceWindowResponse of(MaintenanceWindow window, Instant now) {
        return new MaintenanceWindowResponse(
                window.id(),
                window.name(),
                window.description(),
                window.recurrence(),
                window.startsAt(),
                window.timeZone().getId(),
                window.duration(),
                window.latestStart(),
                window.openings(now, SHOWN),
                window.createdAt(),
                window.createdBy());
    }
}
