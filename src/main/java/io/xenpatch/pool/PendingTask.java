package io.xenpatch.pool;

import io.xenpatch.xen.UpdateTask;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a host still needs so that an earlier update takes effect.
 *
 * @param task what has to be done
 * @param reason why, for people
 * @param updateUuid XAPI uuid of the update that needs it; null when it can't be told
 */
public record PendingTask(
        UpdateTask task, String reason, @Nullable UUID updateUuid) {}
