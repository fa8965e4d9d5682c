package io.xenpatch.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Times at which jobs may work (P5.2). Lengths are exact: a window of four hours is open for four hours, also in the night in which the clocks
 * change.
 *
 * @param recurrence the value of an {@code RRULE} of RFC 5545, counted in local time
 * @param startsAt local time of the first opening that the rule may give
 * @param duration how long it is open
 * @param latestStart how long after it opened a job may begin; at most {@code duration}
 * @param revision raised by every change
 */
public record MaintenanceWindow(
        UUID id,
        String name,
        @Nullable String description,
        String recurrence,
        LocalDateTime startsAt,
        ZoneId timeZone,
        Duration duration,
        Duration latestStart,
        Instant createdAt,
        String createdBy,
        long revision) {

    /** No opening is looked for after so many, so that nothing takes for ever. */
    private static final int MOST_LOOKED_AT = 10_000;

    /** The opening in which a job may begin now, else the next one; empty when there is none any more. */
    Optional<WindowOpening> at(Instant now) {
        return openings(now, 1).stream().findFirst();
    }

    /** Those in which a job may still begin, the earliest first. @param most at least 1 */
    public List<WindowOpening> openings(Instant now, int most) {
        List<WindowOpening> found = new ArrayList<>();
        // whatever the clocks do, local times are off by less than a day
        Iterator<Instant> times = Recurrence.of(recurrence, startsAt, timeZone)
                .near(now.minus(duration).minus(Duration.ofDays(1)));
        for (int i = 0; i < MOST_LOOKED_AT && found.size() < most && times.hasNext(); i++) {
            Instant opens = times.next();
            WindowOpening opening = new WindowOpening(opens, opens.plus(latestStart), opens.plus(duration));
            if (now.isBefore(opening.latestStart())) {
                found.add(opening);
            }
        }
        return found;
    }
}
