package io.xenpatch.eventlog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which events are wanted; null = all. */
public record EventFilter(@Nullable UUID jobId, @Nullable UUID poolUuid) {

    public static EventFilter all() {
        return new EventFilter(null, null);
    }

    public static EventFilter ofJob(UUID job) {
        return new EventFilter(job, null);
    }

    boolean matches(Event event) {
        return (jobId == null || jobId.equals(event.jobId()))
                && (poolUuid == null || poolUuid.equals(event.poolUuid()));
    }
}
