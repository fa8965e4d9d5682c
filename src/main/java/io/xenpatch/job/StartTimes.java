package io.xenpatch.job;

import io.xenpatch.problem.ProblemException.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a new job may work.
 *
 * @param earliest not before; null = at once
 * @param window only while it is open; null = at any time
 */
record StartTimes(@Nullable Instant earliest, @Nullable MaintenanceWindow window) {
    private static final Duration FURTHEST = Duration.ofDays(366);
    /** Clocks of callers are not ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /**
     * @param repeated the request was accepted before: what was then to come may be past
     * @param errors what is wrong is added
     */
    static StartTimes of(
            UpdateJobRequest.@Nullable Start start,
            Instant now,
            boolean repeated,
            Function<UUID, Optional<MaintenanceWindow>> windows,
            List<FieldError> errors) {
        if (start == null) {
            return new StartTimes(null, null);
        }
        Instant at = start.at();
        boolean past = at != null && !at.isAfter(now);
        if (at != null && at.isBefore(now.minus(SKEW)) && !repeated) {
            errors.add(new FieldError("/start/at", "is in the past; leave it out to start at once"));
        }
        if (at != null && at.isAfter(now.plus(FURTHEST))) {
            errors.add(new FieldError("/start/at", "must be within a year"));
        }
        Instant earliest = past ? null : at;
        MaintenanceWindow window = start.maintenanceWindowId() == null
                ? null
                : windows.apply(start.maintenanceWindowId()).orElse(null);
        if (start.maintenanceWindowId() != null && window == null) {
            errors.add(new FieldError("/start/maintenanceWindowId", "there is no such maintenance window"));
        }
        if (window != null && window.at(earliest == null ? now : earliest).isEmpty()) {
            errors.add(new FieldError("/start/maintenanceWindowId", "this maintenance window does not open any more"));
        }
        return new StartTimes(earliest, window);
    }

    Instant due(Instant now) {
        return earliest == null ? now : earliest;
    }
}
