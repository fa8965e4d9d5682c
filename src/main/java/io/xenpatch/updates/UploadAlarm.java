package io.xenpatch.updates;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Has somebody look after an upload. */
@Component
class UploadAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(UploadAlarm.class);

    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource time;

    UploadAlarm(ObjectProvider<Scheduler> scheduler, InstantSource time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    /** Sets the first look of a new upload, in the caller's transaction. */
    void set(UUID upload, Instant at) {
        scheduler.getObject().schedule(UploadTask.instance(upload), at);
    }

    /** Has it looked after now. Not in a transaction; when it is lost, the next look comes by itself. */
    void wake(UUID upload) {
        try {
            scheduler.ifAvailable(known -> {
                known.reschedule(UploadTask.instance(upload), time.instant());
                known.triggerCheckForDueExecutions();
            });
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
            LOG.debug("Upload {} is being looked after already: {}", upload, e.getMessage());
        }
    }
}
