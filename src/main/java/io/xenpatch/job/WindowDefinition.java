package io.xenpatch.job;

import io.xenpatch.problem.ProblemException.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance window as somebody asks for it; null in what changes one = as it is.
 *
 * @param latestStart how long after it opened a job may begin; null = as long as it is open
 */
public record WindowDefinition(
        @Nullable String name,
        @Nullable String description,
        @Nullable String recurrence,
        @Nullable LocalDateTime startsAt,
        @Nullable String timeZone,
        @Nullable Duration duration,
        @Nullable Duration latestStart) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 2000;
    private static final int LONGEST_RULE = 1000;
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** The same over one that exists. */
    WindowDefinition over(MaintenanceWindow present) {
        return new WindowDefinition(
                Objects.requireNonNullElse(name, present.name()),
                description == null ? present.description() : description,
                Objects.requireNonNullElse(recurrence, present.recurrence()),
                Objects.requireNonNullElse(startsAt, present.startsAt()),
                Objects.requireNonNullElse(timeZone, present.timeZone().getId()),
                Objects.requireNonNullElse(duration, present.duration()),
                latestStart != null ? latestStart : kept(present));
    }

    /** A job that could begin as long as the window was open still can when that gets longer. */
    private @Nullable Duration kept(MaintenanceWindow present) {
        return present.latestStart().equals(present.duration()) ? null : present.latestStart();
    }

    /** What is wrong with it, with JSON pointers; empty when nothing is. */
    List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            errors.add(new FieldError("/name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        if (description != null && description.length() > LONGEST_TEXT) {
            errors.add(new FieldError("/description", "must have at most " + LONGEST_TEXT + " characters"));
        }
        if (startsAt == null) {
            errors.add(new FieldError("/startsAt", "is needed: the local time of the first opening"));
        }
        lengths(errors);
        ZoneId zone = zone(errors);
        if (recurrence == null || recurrence.isBlank() || recurrence.length() > LONGEST_RULE) {
            errors.add(new FieldError("/recurrence", "must have 1 to " + LONGEST_RULE + " characters"));
        } else if (startsAt != null && zone != null) {
            try {
                Recurrence.of(recurrence, startsAt, zone);
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError("/recurrence", Objects.requireNonNullElse(e.getMessage(), "is not valid")));
            }
        }
        return errors;
    }

    private void lengths(List<FieldError> errors) {
        if (duration == null || duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            errors.add(new FieldError("/duration", "must be from PT5M to P7D"));
        } else if (latestStart != null
                && (latestStart.compareTo(Duration.ZERO) <= 0 || latestStart.compareTo(duration) > 0)) {
            errors.add(new FieldError("/latestStart", "must be above zero and not above the duration"));
        }
    }

    private @Nullable ZoneId zone(List<FieldError> errors) {
        try {
            if (timeZone != null) {
                return ZoneId.of(timeZone);
            }
        } catch (DateTimeException unknown) {
            // told below
        }
        errors.add(new FieldError("/timeZone", "must be a time zone of the IANA database, for example Europe/Berlin"));
        return null;
    }
}
